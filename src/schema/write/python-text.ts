import { isWritable, makeWritable } from '../../xml/escape.ts';
import { digitsOf } from '../exact-json.ts';
import type { DatetimeShape, Scalar } from '../shapes.ts';
import { UnwritableValue } from './unwritable-value.ts';

/** What the writing of one document remembers: the prefixes met, and whether anything was repaired. */
export interface Writing {
  readonly prefixes: Set<string>;
  repaired: boolean;
}

/** A JSON scalar as legacy Nova's templates wrote it: Python's str() of it. @throws {UnwritableValue} for anything else */
export function pythonText(shape: Scalar, value: unknown, writing: Writing): string {
  if (typeof value === 'string') return writable(shape.kind === 'datetime' ? pythonTime(shape, value) : value, writing);
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  const digits = digitsOf(value);
  if (digits === undefined) throw new UnwritableValue('not a scalar');
  return digits;
}

/** The text as XML can hold it. */
export function writable(text: string, writing: Writing): string {
  if (isWritable(text)) return text;
  writing.repaired = true;
  return makeWritable(text);
}

/** Microseconds of zero are not printed. */
function pythonTime({ withOffset }: DatetimeShape, text: string): string {
  const time = text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.0{6}(?!\d))?/, '$1 $2');
  return withOffset === true ? time.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$/, '$&+00:00') : time;
}
