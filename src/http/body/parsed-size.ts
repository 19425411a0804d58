/** Characters that begin an element or attribute, or an array, object, member or item. */
const marks = { xml: ['<', '='], json: [',', '[', '{'] } as const;
/** Memory that each of them takes after parsing, in bytes: measured. */
const markBytes = 150;
/** Bodies up to this size are not estimated, in bytes: all exchanges together hold less than the budget of them. */
const small = 4096;

/**
 * Estimate the memory that a document takes when it is parsed, in bytes beyond its own: many times its length for one of
 * the smallest elements.
 */
export function parsedSize(body: Buffer, format: keyof typeof marks): number {
  if (body.length <= small) return 0;
  return marks[format].reduce((size, mark) => size + markBytes * count(body, mark.charCodeAt(0)), 0);
}

/** Search rather than looks at each byte: long texts have next to no marks, and indexOf skips them. */
function count(body: Buffer, byte: number): number {
  let found = 0;
  for (let at = body.indexOf(byte); at !== -1; at = body.indexOf(byte, at + 1)) found += 1;
  return found;
}
