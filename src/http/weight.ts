/** What begins an element, an attribute, a member or an item. */
const marks = ['<', '=', ',', '[', '{'];
/** What one of them takes, once it is read, in bytes: measured. */
const markBytes = 150;
/** Up to this size a body is not weighed, in bytes: so many as are translated and wait hold no more than their budget. */
const light = 4096;

/** What a document takes when it is read, in bytes, beyond its own: of the smallest elements many times their length. */
export function weightOf(body: Buffer): number {
  if (body.length <= light) return 0;
  return marks.reduce((weight, mark) => weight + markBytes * count(body, mark.charCodeAt(0)), 0);
}

/** By search and not byte by byte: long texts have next to none. */
function count(body: Buffer, byte: number): number {
  let found = 0;
  for (let at = body.indexOf(byte); at !== -1; at = body.indexOf(byte, at + 1)) found += 1;
  return found;
}
