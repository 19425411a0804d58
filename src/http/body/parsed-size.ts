/** The characters that begin an element or attribute in XML, or an array, object, member or item in JSON. */
const marks = { xml: ['<', '='], json: [',', '[', '{'] } as const;
/** The memory of each of them after parsing, in bytes (measured). */
const markBytes = 150;
/** Bodies up to this size are not counted, in bytes: they have few parts, and those of all exchanges together need less than the budget. */
const small = 4096;

/**
 * Count the elements and attributes of an XML body, or the members and items of JSON; those inside texts count too.
 * Counting ends beyond the limit: a million commas would take 28 ms.
 * @param most the limit of the parts: a body of no more bytes cannot exceed it, and is not counted, nor is a small one
 */
export function countParts(body: Buffer, format: keyof typeof marks, most: number): number {
  if (body.length <= Math.min(small, most)) return 0;
  return marks[format].reduce((sum, mark) => sum + count(body, mark.charCodeAt(0), most - sum), 0);
}

/**
 * Estimate the memory that a parsed document needs in addition to its bytes, from the number of its parts. A document of very small
 * elements needs many times its length.
 */
export function parsedSize(parts: number): number {
  return markBytes * parts;
}

/** Count a byte up to one more than the limit, with indexOf(), which is fast in long texts because they contain hardly any. */
function count(body: Buffer, byte: number, most: number): number {
  let found = 0;
  for (let at = body.indexOf(byte); at !== -1 && found <= most; at = body.indexOf(byte, at + 1)) found += 1;
  return found;
}
