/** Normalize the differences between writers of the same sample: layout, and the format of times. */
export function sampleSpelling(text: string, isBetween: boolean): string {
  return sameTime(withoutLayout(text, isBetween));
}

/** Remove white space between elements and blank lines, which are only layout. */
function withoutLayout(text: string, isBetween: boolean): string {
  if (isBetween) return text.trim();
  return text.includes('\n') && text.trim() === '' ? '' : text;
}

/** Convert a point in time to one of the two formats in which Python prints it. */
export function sameTime(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.0{6})?(?!\d)/, '$1T$2');
}
