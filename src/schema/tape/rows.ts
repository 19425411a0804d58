/**
 * The layout of a tape: a JSON value as a row of integers. Each value and each key takes four: its kind, the byte at which it starts,
 * the byte behind it, and the index behind it and all that is inside of it. Texts start and end inside their quotes; the members of
 * an object are its keys, each with its value behind it.
 */

/** The integers of one value. */
export const rowWidth = 4;
/** The place of each of them. */
export const startAt = 1;
export const endAt = 2;
export const behindAt = 3;

/** The kinds of values. Those of containers are the lowest. */
export const objectRow = 0;
export const arrayRow = 1;
/** A text that is written the same in JSON and in any place of XML: printable ASCII without markup. */
export const literalRow = 2;
/** A text without a backslash that may need escaping in XML. */
export const plainRow = 3;
/** A text with a backslash. */
export const escapedRow = 4;
export const numberRow = 5;
export const trueRow = 6;
export const falseRow = 7;
export const nullRow = 8;

/** The row of a member that an object lacks. */
export const absent = -1;

/** Check that a kind is one of a text. */
export function isTextRow(kind: number): boolean {
  return kind >= literalRow && kind <= escapedRow;
}
