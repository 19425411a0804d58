/** A text without what two writers of the same sample did differently: its layout, and how it spells a time. */
export function sampleSpelling(text: string, isBetween: boolean): string {
  return sameTime(withoutLayout(text, isBetween));
}

/** White space between elements, and lines that hold nothing else, are how a sample was laid out. */
function withoutLayout(text: string, isBetween: boolean): string {
  if (isBetween) return text.trim();
  return text.includes('\n') && text.trim() === '' ? '' : text;
}

/** One spelling of a point in time, which Python prints in two. */
export function sameTime(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.0{6})?(?!\d)/, '$1T$2');
}
