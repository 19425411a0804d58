import { Fault } from '../../fault.ts';
import { isFields, type Fields } from '../fields.ts';
import { refusedSpelling } from '../unaided.ts';
import { below, checkKey, enforce, enforceLength, finishReading, noteForm, type Reading } from './reading.ts';
import { kindNames, fromJson } from './scalars.ts';
import type { DictShape, EntryShape, ListShape, Member, NamedShape, RecordShape, Shape } from '../shapes.ts';

/** The function that checks a JSON value against a description and returns its normal form. `at` is its path, for faults. */
export type JsonReader = (value: unknown, at: string, reading: Reading) => unknown;

/**
 * Make the JSON reader of a shape. It applies the same description, and so the same rules, as the XML reader. The reader
 * throws faults: 400 with the path of a member that breaks a rule, 413 for a quota.
 */
export function jsonReader(shape: Shape): JsonReader {
  const read = reader(shape);
  return (value, at, reading) => finishReading(read(value, at, reading), reading);
}

function reader(shape: Shape): JsonReader {
  switch (shape.kind) {
    case 'record':
      return recordReader(shape);
    case 'list':
      return listReader(shape);
    case 'dict':
      return dictReader(shape);
    case 'entry':
      return entryReader(shape);
    case 'named':
      return namedReader(shape);
    case 'nothing':
      return (value, at, reading) => {
        if (isFields(value)) for (const key of Object.keys(value)) reading.unknown.push(below(at, key));
        else if (!isNothing(value)) reading.passedOver.push({ path: at, because: 'it has no content' });
        return null;
      };
    case 'string':
    case 'base64':
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'datetime':
      return (value, at, reading) => fromJson(shape, value, at, reading);
    default:
      return shape satisfies never;
  }
}

function recordReader(shape: RecordShape): JsonReader {
  const fields = new Map(
    Object.entries(shape.members).map(([key, member]) => [key, { member, read: reader(member.shape) }]),
  );
  const ignored = new Set(shape.ignored);
  const required = Object.entries(shape.members).filter(([, { required: isRequired }]) => isRequired === true);
  return (value, at, reading) => {
    const given = isNullObject(shape, value, at, reading) ? {} : mustBeObject(shape, value, at);
    const read: [string, unknown][] = [];
    for (const [key, content] of Object.entries(given)) {
      const field = fields.get(key);
      if (field === undefined) {
        if (!reading.keepUnknown && ignored.has(key)) continue;
        reading.unknown.push(below(at, key));
        if (reading.keepUnknown) read.push([key, content]);
      } else if (isAbsent(content, shape, field.member)) noteEmpty(content, key, shape, at, reading);
      else
        read.push([key, isKeptUnread(content, field.member) ? content : field.read(content, below(at, key), reading)]);
    }
    const present = new Set(read.map(([key]) => key));
    for (const [key, { missing }] of required) {
      if (!present.has(key)) throw Fault.invalid(below(at, key), missing ?? 'is required.');
    }
    return Object.fromEntries(read);
  };
}

function listReader(shape: ListShape): JsonReader {
  const read = itemReader(shape, reader(shape.item));
  return (value, at, reading) => {
    if (!Array.isArray(value)) throw Fault.invalid(at, shape.refusal ?? `must be ${kindNames.list}.`);
    enforce(shape.quota, value.length, reading);
    return value.map((item, index) => read(item, `${at}[${index}]`, reading));
  };
}

/** Read an item, and the object that wraps it, if the list has one. */
function itemReader({ wrapped }: ListShape, read: JsonReader): JsonReader {
  if (wrapped === undefined) return read;
  return (value, at, reading) => {
    if (!isFields(value) || !Object.hasOwn(value, wrapped)) throw Fault.invalid(`${at}.${wrapped}`, 'is required.');
    for (const key of Object.keys(value)) {
      if (key !== wrapped) reading.passedOver.push({ path: below(at, key), because: 'no such member is known' });
    }
    return { [wrapped]: read(value[wrapped], `${at}.${wrapped}`, reading) };
  };
}

function entryReader(shape: EntryShape): JsonReader {
  const read = reader(shape.value);
  return (value, at, reading) => {
    const entries = isFields(value) ? Object.entries(value) : [];
    const [only] = entries;
    if (only === undefined || entries.length > 1)
      throw Fault.invalid(at, shape.refusal ?? `must be ${kindNames.entry}.`);
    const [key, content] = only;
    enforceLength(shape.keyQuota, key, reading);
    return Object.fromEntries([[key, read(content, `${at}[${JSON.stringify(key)}]`, reading)]]);
  };
}

function namedReader(shape: NamedShape): JsonReader {
  const read = reader(shape.value);
  const readAll: JsonReader = (value, at, reading) =>
    Array.isArray(value)
      ? value.map((item, index) => read(item, `${at}[${index}]`, reading))
      : read(value, at, reading);
  const readValue = shape.repeats === true ? readAll : read;
  const special = new Map(Object.entries(shape.byKey ?? {}).map(([key, value]) => [key, reader(value)]));
  const isKept = (content: unknown): boolean => content === null && shape.nullable === true;
  return (value, at, reading) => {
    const entries = Object.entries(mustBeObject(shape, value, at));
    if (shape.isOne === true && entries.length !== 1)
      throw Fault.invalid(at, shape.refusal ?? `must be ${kindNames.entry}.`);
    return Object.fromEntries(
      entries.map(([key, content]) => {
        if (isKept(content)) return [key, null];
        return [key, (special.get(key) ?? readValue)(content, `${at}[${JSON.stringify(key)}]`, reading)];
      }),
    );
  };
}

function dictReader(shape: DictShape): JsonReader {
  const read = reader(shape.value);
  return (value, at, reading) => {
    const entries = Object.entries(mustBeObject(shape, value, at));
    enforce(shape.quota, entries.length, reading);
    return Object.fromEntries(
      entries.map(([key, content]) => {
        checkKey(shape, key, at, reading);
        return [key, read(content, `${at}[${JSON.stringify(key)}]`, reading)];
      }),
    );
  };
}

/** Check for a value that clients write for the absence of content. */
function isNothing(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Check that null or an empty text counts as an absent member. */
function isAbsent(content: unknown, { emptyIsAbsent }: RecordShape, { nullable }: Member): boolean {
  return emptyIsAbsent !== undefined && (content === '' || (content === null && nullable !== true));
}

/** Record a member without a value that clouds refuse. */
function noteEmpty(content: unknown, key: string, { emptyIsAbsent }: RecordShape, at: string, reading: Reading): void {
  const verdicts = content === null ? emptyIsAbsent?.null : emptyIsAbsent?.text;
  const unaided = verdicts !== undefined && Object.hasOwn(verdicts, key) ? verdicts[key] : undefined;
  noteForm(unaided === undefined ? refusedSpelling : { kind: 'spelling', unaided }, below(at, key), reading);
}

/** Check for null or an empty text in the place of an object without members. */
function isNullObject({ mayBeNull }: RecordShape, value: unknown, at: string, reading: Reading): boolean {
  if (mayBeNull === undefined || (value !== null && value !== '')) return false;
  noteForm({ kind: 'spelling', unaided: value === null ? mayBeNull.null : mayBeNull.text }, at, reading);
  return true;
}

/** Check for a value that is kept unread: null if it is allowed, and `''` with `emptyStandsFor`. */
function isKeptUnread(content: unknown, member: Member): boolean {
  return content === null ? member.nullable === true : content === '' && 'emptyStandsFor' in member;
}

function mustBeObject({ refusal }: RecordShape | DictShape | NamedShape, value: unknown, at: string): Fields {
  if (isFields(value)) return value;
  throw Fault.invalid(at, refusal ?? `must be ${kindNames.record}.`);
}
