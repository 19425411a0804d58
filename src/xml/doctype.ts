/** What may stand before the root besides a DOCTYPE: how it begins and how it ends. */
const asides = [
  ['<?', '?>'],
  ['<!--', '-->'],
] as const;

/** Whether a document declares a type, behind whatever instructions and comments. */
export function hasDoctype(utf8: Buffer): boolean {
  let at = 0;
  for (;;) {
    while (isSpace(utf8[at])) at += 1;
    const aside = asides.find(([start]) => startsWith(utf8, start, at));
    if (aside === undefined) return startsWith(utf8, '<!DOCTYPE', at);
    const end = utf8.indexOf(aside[1], at + aside[0].length);
    if (end === -1) return false;
    at = end + aside[1].length;
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function startsWith(utf8: Buffer, text: string, at: number): boolean {
  return utf8.toString('latin1', at, at + text.length) === text;
}
