/** What begins an element or an attribute, and an array, an object, or a member or item behind another. */
const marks = { xml: ['<', '='], json: [',', '[', '{'] } as const;
/** What one of them takes, once it is read, in bytes: measured. */
const markBytes = 150;
/** Up to this size a body is not weighed, in bytes: so many as are translated and wait hold no more than their budget. */
const light = 4096;

/** What a document takes when it is read, in bytes, beyond its own: of the smallest elements many times their length. */
export function weightOf(body: Buffer, format: keyof typeof marks): number {
  if (body.length <= light) return 0;
  return marks[format].reduce((weight, mark) => weight + markBytes * count(body, mark.charCodeAt(0)), 0);
}

/** By search and not byte by byte: long texts have next to none. */
function count(body: Buffer, byte: number): number {
  let found = 0;
  for (let at = body.indexOf(byte); at !== -1; at = body.indexOf(byte, at + 1)) found += 1;
  return found;
}
