import type { ScannedElement } from '../../xml/scan/scan.ts';
import type { Reading } from './reading.ts';
import { fromText, readLongBase64 } from './scalars.ts';
import type { Member, Scalar } from '../shapes.ts';

/** The meaning of an empty text: an empty string, an absent member, or null. */
export type EmptyText = 'text' | 'absent' | 'null';

/** Choose the meaning of an empty text for a member. @param emptyIsAbsent the option of the member's record */
export function emptyTextOf({ nullable }: Member, emptyIsAbsent: boolean): EmptyText {
  if (nullable === true) return 'null';
  return emptyIsAbsent ? 'absent' : 'text';
}

/** Read the value of a text; undefined for an absent member. @throws {Fault} 400 with the path */
export function readText(shape: Scalar, text: string, empty: EmptyText, at: string, reading: Reading): unknown {
  if (empty === 'text' || text !== '') return fromText(shape, text, at, reading);
  return empty === 'null' ? null : undefined;
}

/**
 * Read the value of an element's text; undefined for an absent member. A text of white space only is layout, and counts as
 * empty, unless an empty text is a string.
 * @throws {Fault} 400 with the path
 */
export function readContent(
  shape: Scalar,
  text: ScannedElement['text'],
  empty: EmptyText,
  at: string,
  reading: Reading,
): unknown {
  if (typeof text === 'string') return readText(shape, isLayout(text, empty) ? '' : text, empty, at, reading);
  return shape.kind === 'base64' ? readLongBase64(shape, text, reading) : fromText(shape, text.toString(), at, reading);
}

function isLayout(text: string, empty: EmptyText): boolean {
  return empty !== 'text' && text.trim() === '';
}
