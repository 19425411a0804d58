import { Fault } from '../fault.ts';
import { formats } from './formats.ts';
import { enforceLength, type Reading } from './reading.ts';
import type { Base64Shape, Scalar, Shape, StringShape } from './shapes.ts';

type Value = string | number | boolean;

/** A scalar's value from the text of an attribute or element, checked; `at` is its path. */
export function fromText(shape: Scalar, text: string, at: string, reading: Reading): Value {
  switch (shape.kind) {
    case 'string':
      return checkString(shape, text, at, reading);
    case 'base64':
      return checkBase64(shape, text, at, reading);
    case 'boolean':
      return checkBoolean(text, at);
    case 'integer':
      return checkInteger(text, at);
    default:
      return shape satisfies never;
  }
}

/** What JSON types may spell each kind of scalar; legacy Nova took a boolean as text or number too. */
const spellings: Readonly<Record<Scalar['kind'], readonly string[]>> = {
  string: ['string'],
  base64: ['string'],
  boolean: ['boolean', 'string', 'number'],
  integer: ['number', 'string'],
};

/**
 * A scalar's value from a JSON value, checked like the text of XML.
 * @throws {Fault} 400 with the path
 */
export function fromJson(shape: Scalar, value: unknown, at: string, reading: Reading): Value {
  if (!spellings[shape.kind].includes(typeof value)) {
    throw Fault.invalid(at, refusalOf(shape));
  }
  return fromText(shape, String(value), at, reading);
}

/** What is said of a value of another type. */
function refusalOf(shape: Scalar): string {
  const ofFormat = shape.kind === 'string' && shape.format !== undefined ? formats[shape.format].message : undefined;
  return shape.refusal ?? (typeof ofFormat === 'string' ? ofFormat : `must be ${kindNames[shape.kind]}.`);
}

function checkString(shape: StringShape, text: string, at: string, reading: Reading): string {
  if (shape.oneOf !== undefined && !shape.oneOf.includes(text)) {
    throw Fault.invalid(at, shape.refusal ?? `must be ${shape.oneOf.join(' or ')}.`);
  }
  enforceLength(shape.quota, text, reading);
  if (shape.format === undefined) return text;
  const { normalize, message } = formats[shape.format];
  const normal = normalize(text);
  if (normal === undefined) throw Fault.invalid(at, typeof message === 'string' ? message : message(text));
  return normal;
}

// NBSP and its like are no white space here: legacy Nova refused them.
const asciiSpace = /[\t\n\v\f\r ]+/g;
const strictBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function checkBase64(shape: Base64Shape, text: string, at: string, reading: Reading): string {
  enforceLength(shape.quota, text, reading);
  const bare = text.replace(asciiSpace, '');
  if (!strictBase64.test(bare)) throw Fault.invalid(at, shape.refusal ?? 'must be padded standard base64.');
  return bare;
}

const truth: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'true', 'on', 'y', 'yes'].map((text) => [text, true] as const),
  ...['0', 'f', 'false', 'off', 'n', 'no'].map((text) => [text, false] as const),
]);

function checkBoolean(text: string, at: string): boolean {
  const value = truth.get(text.trim().toLowerCase());
  if (value === undefined) throw Fault.invalid(at, `must be a boolean, one of ${[...truth.keys()].join(' ')}.`);
  return value;
}

function checkInteger(text: string, at: string): number {
  const value = Number(text);
  if (!/^\s*-?\d+\s*$/.test(text) || !Number.isSafeInteger(value)) throw Fault.invalid(at, 'must be an integer.');
  return value;
}

/** What callers know each kind of value as, with its article. */
export const kindNames: Readonly<Record<Shape['kind'], string>> = {
  record: 'an object',
  dict: 'an object',
  list: 'an array',
  string: 'a string',
  base64: 'a base64 string',
  boolean: 'a boolean',
  integer: 'an integer',
};
