/** The forms of a date in HTTP (RFC 9110, 5.6.7). */
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? [\w -]+\d\d:\d\d:\d\d(?: GMT| \d{4})$/;

/**
 * Read a Retry-After that is valid: whole seconds or a date. A fraction of a second is rounded up; undefined for any other
 * value, which no caller could read, and for more than three centuries.
 */
export function validRetryAfter(field: string | string[] | undefined): string | undefined {
  const [value = ''] = [field ?? []].flat().map((one) => one.trim());
  if (/^\d{1,10}(?:\.\d+)?$/.test(value)) return /^\d+$/.test(value) ? value : String(Math.ceil(Number(value)));
  return httpDate.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}
