import type { Reading } from './reading.ts';
import { fromText } from './scalars.ts';
import type { Member, Scalar } from './shapes.ts';

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

/** An element with nothing but white space in it is laid out, and empty. */
export function withoutLayout(text: string): string {
  return text.trim() === '' ? '' : text;
}
