/** The characters that begin an element or attribute in XML, or an array, object, member or item in JSON. */
const marks = { xml: ['<', '='], json: [',', '[', '{'] } as const;
/** The memory of each of them after parsing, in bytes (measured). */
const markBytes = 150;
/** Bodies up to this size are not estimated, in bytes: those of all exchanges together need less than the budget. */
const small = 4096;

/**
 * Estimate the memory that a parsed document needs in addition to its bytes. A document of very small elements needs many
 * times its length.
 */
export function parsedSize(body: Buffer, format: keyof typeof marks): number {
  if (body.length <= small) return 0;
  return marks[format].reduce((size, mark) => size + markBytes * count(body, mark.charCodeAt(0)), 0);
}

/** Count a byte with indexOf(), which is fast in long texts because they contain hardly any. */
function count(body: Buffer, byte: number): number {
  let found = 0;
  for (let at = body.indexOf(byte); at !== -1; at = body.indexOf(byte, at + 1)) found += 1;
  return found;
}
