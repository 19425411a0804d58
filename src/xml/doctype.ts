import { isWhiteSpace } from './white-space.ts';

/** The constructs that are allowed before a DOCTYPE, instructions and comments, each with its start and its end. */
const misc = [
  ['<?', '?>'],
  ['<!--', '-->'],
] as const;

/** Check that a document has a DOCTYPE, after any instructions and comments. `utf8` has no byte order mark. */
export function hasDoctype(utf8: Buffer): boolean {
  let at = 0;
  for (;;) {
    while (isWhiteSpace(utf8[at])) at += 1;
    const found = misc.find(([start]) => startsWith(utf8, start, at));
    if (found === undefined) return startsWith(utf8, '<!DOCTYPE', at);
    const end = utf8.indexOf(found[1], at + found[0].length);
    if (end === -1) return false;
    at = end + found[1].length;
  }
}

function startsWith(utf8: Buffer, text: string, at: number): boolean {
  return utf8.toString('latin1', at, at + text.length) === text;
}
