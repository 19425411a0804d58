import { placed, replaceMatches, type PlacedText } from './placed-text.ts';
import { undoEscapes } from './undo-escapes.ts';

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
  const plain = replaceMatches({ ...undone, text: inLowerCase(undone.text) }, /[\s+]+/g, () => ' ');
  return { raw, plain, letters: replaceMatches(plain, /[^a-z0-9]+/g, () => '') };
}

/** Convert to lower case and keep the length, which some letters would change. */
function inLowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
