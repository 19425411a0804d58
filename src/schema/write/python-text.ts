import { isWritable, makeWritable } from '../../xml/escape.ts';
import { digitsOf } from '../exact-json.ts';
import type { DatetimeShape, Scalar } from '../shapes.ts';
import { UnwritableValue } from './unwritable-value.ts';

/** The state of writing one document. */
export interface Writing {
  /** The prefixes of names in the document, whose namespaces the root must declare. */
  readonly prefixes: Set<string>;
  /** True if characters that XML cannot contain were replaced. */
  repaired: boolean;
}

/** Print a JSON scalar by the rules of Python's str(), as legacy Nova's templates did. @throws {UnwritableValue} for any other value */
export function pythonText(shape: Scalar, value: unknown, writing: Writing): string {
  if (shape.kind === 'boolean' && shape.asTruth === true) return isTrue(value) ? 'True' : 'False';
  if (typeof value === 'string') return writable(shape.kind === 'datetime' ? pythonTime(shape, value) : value, writing);
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  const digits = digitsOf(value);
  if (digits === undefined) throw new UnwritableValue('not a scalar');
  return digits;
}

/** Convert a value as Python's bool() does. */
function isTrue(value: unknown): boolean {
  const digits = digitsOf(value);
  return digits === undefined ? Boolean(value) : Number(digits) !== 0;
}

/** Replace the characters that XML cannot contain, and mark the document as repaired. */
export function writable(text: string, writing: Writing): string {
  if (isWritable(text)) return text;
  writing.repaired = true;
  return makeWritable(text);
}

/** Print a time as Python does: with a space before the hours, and without a fraction of zero. */
function pythonTime({ withOffset }: DatetimeShape, text: string): string {
  const time = text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.0{6}(?!\d))?/, '$1 $2');
  return withOffset === true ? time.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$/, '$&+00:00') : time;
}
