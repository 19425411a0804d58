import { placed, undoEscapes, type PlacedText } from './undo-escapes.ts';

/**
 * The forms of a text in which quotations are searched. All are in lower case, because some clouds change it. A quotation in
 * an unknown spelling usually keeps the letters and digits of ASCII, and is found by these alone.
 */
export interface Views {
  readonly raw: PlacedText;
  /** The text without its escapes, and with one space for white space and for `+`, which stands for one in forms. */
  readonly plain: PlacedText;
  /** The letters and digits of ASCII in the plain text. */
  readonly letters: PlacedText;
}

/** Make the views of a text; undefined for one whose escapes have too many layers. */
export function viewsOf(text: string): Views | undefined {
  const raw = placed(inLowerCase(text));
  const undone = undoEscapes(placed(text));
  if (undone === undefined) return undefined;
  const plain = replaced({ ...undone, text: inLowerCase(undone.text) }, /[\s+]+/g, ' ');
  return { raw, plain, letters: replaced(plain, /[^a-z0-9]+/g, '') };
}

/** Convert to lower case and keep the length, which some letters would change. */
function inLowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Replace each match with one character or none. */
function replaced({ text, starts, ends }: PlacedText, pattern: RegExp, by: '' | ' '): PlacedText {
  const parts: string[] = [];
  const newStarts: number[] = [];
  const newEnds: number[] = [];
  let from = 0;
  const keep = (to: number): void => {
    parts.push(text.slice(from, to));
    for (let at = from; at < to; at += 1) {
      newStarts.push(starts[at] ?? 0);
      newEnds.push(ends[at] ?? 0);
    }
  };
  for (const { 0: match, index } of text.matchAll(pattern)) {
    keep(index);
    from = index + match.length;
    if (by === '') continue;
    parts.push(by);
    newStarts.push(starts[index] ?? 0);
    newEnds.push(ends[from - 1] ?? 0);
  }
  keep(text.length);
  return { text: parts.join(''), starts: newStarts, ends: newEnds };
}
