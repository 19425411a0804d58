import { isWritable, makeWritable } from '../../xml/escape.ts';
import { digitsOf } from '../exact-json.ts';
import type { DatetimeShape, Scalar } from '../shapes.ts';
import { pythonRepr } from './python-repr.ts';

/** The state of writing one document. */
export interface Writing {
  /** The prefixes of names in the document, whose namespaces the root must declare. */
  readonly prefixes: Set<string>;
  /** True if characters that XML cannot contain were replaced. */
  repaired: boolean;
  /** The names of elements and attributes whose value is of another kind than described. */
  readonly misshapen: Set<string>;
}

/** Create the state of a new document. */
export function startWriting(): Writing {
  return { prefixes: new Set(), repaired: false, misshapen: new Set() };
}

/**
 * Print a JSON value by the rules of Python 2's unicode(), as legacy Nova's templates did. Clouds have lists and objects where
 * legacy Nova had texts, such as the block devices in the metadata of an image.
 * @param name the name of the element or attribute
 */
export function pythonText(shape: Scalar, value: unknown, name: string, writing: Writing): string {
  if (shape.kind === 'boolean' && shape.asTruth === true) return isTrue(value) ? 'True' : 'False';
  if (typeof value === 'string') return writable(shape.kind === 'datetime' ? pythonTime(shape, value) : value, writing);
  const digits = digitsOf(value);
  if (digits !== undefined) return digits;
  if (typeof value === 'object' && value !== null) writing.misshapen.add(name);
  return pythonRepr(value);
}

/** Print a value of another kind than described as text, and note its name. */
export function misshapenText(value: unknown, name: string, writing: Writing): string {
  writing.misshapen.add(name);
  return typeof value === 'string' ? writable(value, writing) : (digitsOf(value) ?? pythonRepr(value));
}

/** Convert a value as Python's bool() does. */
function isTrue(value: unknown): boolean {
  const digits = digitsOf(value);
  if (digits !== undefined) return Number(digits) !== 0;
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
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
