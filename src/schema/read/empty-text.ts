import type { ScannedElement } from '../../xml/scan/scan.ts';
import type { Reading } from './reading.ts';
import { fromText, takeBase64 } from './scalars.ts';
import type { Member, Scalar } from '../shapes.ts';

/** What an empty text means: a text, nothing at all, or null. */
export type EmptyText = 'text' | 'absent' | 'null';

/** What it means for a member. */
export function emptyTextOf({ nullable }: Member, emptyIsAbsent: boolean): EmptyText {
  if (nullable === true) return 'null';
  return emptyIsAbsent ? 'absent' : 'text';
}

/** The value of a text; undefined where it is none. @throws {Fault} 400 with the path */
export function readText(shape: Scalar, text: string, empty: EmptyText, at: string, reading: Reading): unknown {
  if (empty === 'text' || text !== '') return fromText(shape, text, at, reading);
  return empty === 'null' ? null : undefined;
}

/**
 * The value of an element's own text. With nothing but white space in it an element is laid out, and empty, unless an empty
 * text is a text.
 */
export function readContent(
  shape: Scalar,
  text: ScannedElement['text'],
  empty: EmptyText,
  at: string,
  reading: Reading,
): unknown {
  if (typeof text === 'string') return readText(shape, isLayout(text, empty) ? '' : text, empty, at, reading);
  return shape.kind === 'base64' ? takeBase64(shape, text, reading) : fromText(shape, text.toString(), at, reading);
}

function isLayout(text: string, empty: EmptyText): boolean {
  return empty !== 'text' && text.trim() === '';
}
