import { isBase64 } from '../../xml/base64.ts';
import { Fault } from '../../fault.ts';
import { longTextLength, type LongBase64 } from '../../xml/long-base64.ts';
import { digitsOf, exactNumber } from '../exact-json.ts';
import { formats, isPlainCase } from '../formats.ts';
import { refusedSpelling, type LegacyForm } from '../unaided.ts';
import { enforce, enforceLength, noteForm, type Reading } from './reading.ts';
import type { Base64Shape, DatetimeShape, Scalar, Shape, StringShape } from '../shapes.ts';

/**
 * Read and check a scalar from the text of an attribute or element.
 * @param at the path of the value
 * @throws {Fault} 400 with the path
 */
export function fromText(shape: Scalar, text: string, at: string, reading: Reading): unknown {
  switch (shape.kind) {
    case 'string':
      return checkString(shape, text, at, reading);
    case 'base64':
      return checkBase64(shape, text, at, reading);
    case 'boolean':
      return checkBoolean(text, shape.otherwise, at);
    case 'integer':
      return checkNumber(text, wholeNumber, at, shape.refusal ?? 'must be an integer.');
    case 'decimal':
      return checkNumber(text, number, at, shape.refusal ?? 'must be a number.');
    case 'datetime':
      return jsonTime(shape, text);
    default:
      return shape satisfies never;
  }
}

/** The JSON types that are accepted for each kind of scalar. Legacy Nova accepted a boolean as text or number too. */
const spellings: Readonly<Record<Scalar['kind'], readonly string[]>> = {
  string: ['string'],
  base64: ['string'],
  boolean: ['boolean', 'string', 'number'],
  integer: ['number', 'string'],
  decimal: ['number', 'string'],
  datetime: ['string'],
};

/**
 * Read a scalar from a JSON value, checked like the text of XML.
 * @throws {Fault} 400 with the path
 */
export function fromJson(shape: Scalar, value: unknown, at: string, reading: Reading): unknown {
  const digits = digitsOf(value);
  const type = digits === undefined ? typeof value : 'number';
  if (shape.kind === 'string' && shape.also?.some((other) => other === type) === true) return value;
  if (!spellings[shape.kind].includes(type)) {
    throw Fault.invalid(at, refusalOf(shape));
  }
  const text = digits ?? String(value);
  if (shape.isUnchecked !== true) noteForm(legacyForms[shape.kind](text, type), at, reading);
  return fromText(shape, text, at, reading);
}

/** The texts that clouds take for a boolean in JSON (Nova's schema of booleans). */
const modernTruth: ReadonlySet<string> = new Set(
  ['true', 'on', 'yes', 'false', 'off', 'no']
    .flatMap((word) => [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)])
    .concat('1', '0'),
);

/**
 * Find the legacy form of a JSON value by its text and type, for each kind of scalar. Clouds take numbers and booleans as texts too, but
 * not in all spellings of legacy Nova. White space in base64 they ignore; no request has a time.
 */
const legacyForms: Readonly<Record<Scalar['kind'], (text: string, type: string) => LegacyForm | undefined>> = {
  string: () => undefined,
  base64: () => undefined,
  datetime: () => undefined,
  boolean: (text, type) => refusedUnless(type === 'boolean' || (type === 'string' && modernTruth.has(text))),
  integer: (text, type) => refusedUnless(type === 'number' || wholeNumber.test(text)),
  decimal: (text, type) => refusedUnless(type === 'number' || /^-?\d+(?:\.\d+)?$/.test(text)),
};

function refusedUnless(isModern: boolean): LegacyForm | undefined {
  return isModern ? undefined : refusedSpelling;
}

/** Choose the message for a value of a wrong type. */
function refusalOf(shape: Scalar): string {
  const ofFormat = shape.kind === 'string' && shape.format !== undefined ? formats[shape.format].message : undefined;
  return shape.refusal ?? (typeof ofFormat === 'string' ? ofFormat : `must be ${kindNames[shape.kind]}.`);
}

function checkString(shape: StringShape, given: string, at: string, reading: Reading): string {
  const { oneOf, format, formatRefusal } = shape;
  const text = shape.anyCase === true ? given.toUpperCase() : given;
  if (oneOf !== undefined && !oneOf.includes(text)) {
    throw Fault.invalid(at, shape.refusal ?? `must be ${oneOf.join(' or ')}.`);
  }
  if (shape.anyCase === true) noteForm(refusedUnless(isPlainCase(given)), at, reading);
  enforceLength(shape.quota, text, reading);
  if (format === undefined) return text;
  const { normalize, legacyForm, message } = formats[format];
  const normal = normalize(text);
  if (normal === undefined) {
    throw Fault.invalid(at, formatRefusal?.replace('{text}', () => text) ?? formatMessage(message, text));
  }
  // A text that is its own normal form is the modern one.
  if (normal !== text) noteForm(legacyForm(reading.isXml === true ? text.trim() : text), at, reading);
  return normal;
}

function formatMessage(message: string | ((text: string) => string), text: string): string {
  return typeof message === 'string' ? message : message(text);
}

function jsonTime({ withOffset }: DatetimeShape, text: string): string {
  const time = text.replace(/^(\d{4}-\d\d-\d\d) (?=\d\d:)/, '$1T');
  // From the start and not from each place behind it, which would cost the square of the number of digits.
  return withOffset === true ? time.replace(/^(.{10}T\d\d:\d\d:\d\d(?:\.\d+)?)\+00:00$/, '$1') : time;
}

// Only ASCII white space: legacy Nova refused others, such as NBSP.
const asciiSpace = /[\t\n\v\f\r ]+/g;

function checkBase64(shape: Base64Shape, text: string, at: string, reading: Reading): string {
  enforceLength(shape.quota, text, reading);
  const bare = bareBase64(text);
  if (bare === undefined) throw Fault.invalid(at, shape.refusal ?? 'must be padded standard base64.');
  if (bare.length >= longTextLength) (reading.verbatim ??= []).push({ text: bare, pieces: [bare] });
  return bare;
}

/** Read a text that the scanner has recognized as base64. */
export function readLongBase64(shape: Base64Shape, { length, pieces }: LongBase64, reading: Reading): string {
  enforce(shape.quota, length, reading);
  // V8 concatenates strings without copying them.
  const text = pieces.reduce((before, piece) => before + piece, '');
  (reading.verbatim ??= []).push({ text, pieces });
  return text;
}

function bareBase64(text: string): string | undefined {
  if (isBase64(text)) return text;
  const bare = text.replace(asciiSpace, '');
  return isBase64(bare) ? bare : undefined;
}

const truth: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'true', 'on', 'y', 'yes'].map((text) => [text, true] as const),
  ...['0', 'f', 'false', 'off', 'n', 'no'].map((text) => [text, false] as const),
]);

function checkBoolean(text: string, otherwise: boolean | undefined, at: string): boolean {
  const value = truth.get(text.trim().toLowerCase()) ?? otherwise;
  if (value === undefined) throw Fault.invalid(at, `must be a boolean, one of ${[...truth.keys()].join(' ')}.`);
  return value;
}

const wholeNumber = /^-?\d+$/;
const number = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/** Check a number and normalize it to JSON, which has no leading zeros. */
function checkNumber(text: string, form: RegExp, at: string, refusal: string): unknown {
  const digits = text.trim();
  if (!form.test(digits)) throw Fault.invalid(at, refusal);
  return exactNumber(digits.replace(/^(-?)0+(?=\d)/, '$1'));
}

/** The name of each kind of value in messages to callers, with an article. */
export const kindNames: Readonly<Record<Shape['kind'], string>> = {
  record: 'an object',
  dict: 'an object',
  list: 'an array',
  string: 'a string',
  base64: 'a base64 string',
  boolean: 'a boolean',
  integer: 'an integer',
  decimal: 'a number',
  datetime: 'a time',
  entry: 'an object with one member',
  named: 'an object',
  nothing: 'null',
};
