import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type {
  DatetimeShape,
  DictShape,
  EntryShape,
  ListShape,
  Member,
  Message,
  NamedShape,
  Shape,
} from '../../src/schema/shapes.ts';
import { nameOf } from './reference-names.ts';

/** A document of the reference writer; `repaired` if U+FFFD replaces characters that XML forbids. */
export interface Reference {
  readonly document: string;
  readonly repaired: boolean;
}

/**
 * Write the document of a message with xmlbuilder2's DOM: slowly, and without any code of the writer under test. The rules
 * are those of legacy Nova's templates. All namespaces are declared, used or not; no content and empty content look the same.
 */
export function referenceDocument(message: Message, value: unknown): Reference {
  const { root, content, namespaces, extensions, isUndeclared } = message;
  const uris = new Map(Object.entries({ ...extensions, ...namespaces }));
  const repairs: string[] = [];
  const prepared = (text: string): string => prepare(text, repairs);
  const document = create({ version: '1.0', encoding: 'UTF-8' });
  const element = message.isRootless === true ? document : document.ele(uris.get('') ?? null, root);
  for (const [prefix, uri] of uris) {
    if (prefix !== '' && message.isRootless !== true)
      element.att('http://www.w3.org/2000/xmlns/', `xmlns:${prefix}`, uri);
  }
  fill(element, content, value, { uris, prepared, repairs });
  return { document: restore(document.end({ headless: isUndeclared === true })), repaired: repairs.length > 0 };
}

interface Context {
  readonly uris: ReadonlyMap<string, string>;
  readonly prepared: (text: string) => string;
  /** The replaced characters. */
  readonly repairs: string[];
}

function fill(element: XMLBuilder, shape: Shape, value: unknown, context: Context): void {
  switch (shape.kind) {
    case 'record':
      for (const [key, member] of Object.entries(shape.members)) {
        const given = Object.entries(value as object).find(([name]) => name === key)?.[1] as unknown;
        const { xmlBeside } = member;
        const isBeside = xmlBeside?.members.some((other) => Object.hasOwn(value as object, other)) === true;
        const named = isBeside ? { ...member, xml: xmlBeside?.xml ?? key } : member;
        fillMember(element, key, named, given, context);
      }
      return;
    case 'list':
      fillList(element, shape, value as unknown[] | null, context);
      return;
    case 'dict':
      fillDict(element, shape, value as object | null, context);
      return;
    case 'entry':
      fillEntry(element, shape, value as object, context);
      return;
    case 'named':
      fillNamed(element, shape, value as object | null, context);
      return;
    case 'nothing':
      return;
    case 'string':
    case 'base64':
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'datetime':
      element.txt(context.prepared(textOf(shape, value)));
      return;
    default:
      shape satisfies never;
  }
}

function fillList(
  element: XMLBuilder,
  { tag, item, wrapped }: ListShape,
  items: unknown[] | null,
  context: Context,
): void {
  for (const content of items ?? []) {
    const value =
      wrapped === undefined ? content : Object.entries(content as object).find(([key]) => key === wrapped)?.[1];
    fill(child(element, tag, context), item, value as unknown, context);
  }
}

function fillDict(element: XMLBuilder, shape: DictShape, dict: object | null, context: Context): void {
  const { tag, key, value, valueIn, inside } = shape;
  for (const [name, content] of Object.entries(dict ?? {})) {
    const entry = child(element, tag, context).att(uriOf(key, context), key, context.prepared(name));
    if (valueIn !== undefined && isScalar(value)) {
      entry.att(uriOf(valueIn, context), valueIn, context.prepared(textOf(value, content)));
    } else fill(inside === undefined ? entry : child(entry, inside, context), value, content as unknown, context);
  }
}

/** Take the first member as the entry, whatever else a cloud has put there. */
function fillEntry(element: XMLBuilder, { key, value }: EntryShape, given: object, context: Context): void {
  for (const [name, content] of Object.entries(given).slice(0, 1)) {
    fill(element.att(uriOf(key, context), key, context.prepared(name)), value, content as unknown, context);
  }
}

function fillNamed(element: XMLBuilder, shape: NamedShape, given: object | null, context: Context): void {
  const { value, repeats, byKey = {} } = shape;
  for (const [key, content] of Object.entries(given ?? {})) {
    const { prefix, name, repaired } = nameOf(key);
    if (repaired) context.repairs.push(key);
    const contents: unknown[] = repeats === true && Array.isArray(content) ? content : [content];
    for (const item of contents) {
      const uri = prefix ?? context.uris.get('') ?? null;
      const own = Object.entries(byKey).find(([special]) => special === key)?.[1] ?? value;
      fill(element.ele(uri, name), own, item, context);
    }
  }
}

function fillMember(element: XMLBuilder, key: string, member: Member, given: unknown, context: Context): void {
  const name = member.xml ?? key;
  const value = 'emptyStandsFor' in member && given === '' ? member.emptyStandsFor : given;
  switch (member.place) {
    case 'attribute':
      if (value !== undefined) element.att(uriOf(name, context), name, context.prepared(textOf(member.shape, value)));
      return;
    case 'element':
      fillElement(element, name, member, value, context);
      return;
    case 'text':
    case 'inline':
      if (value !== undefined && value !== null) fill(element, member.shape, value, context);
      return;
    case 'json':
      return;
    default:
      member satisfies never;
  }
}

/** An absent member has no element, unless it is always written. Null is the text None for a scalar, else as if absent. */
function fillElement(parent: XMLBuilder, name: string, member: Member, value: unknown, context: Context): void {
  const { shape, always } = member;
  const isNothing = value === undefined || (value === null && !isScalar(shape));
  if (isNothing && always !== true) return;
  const element = child(parent, name, context);
  if (!isNothing) fill(element, shape, value, context);
  else if (isScalar(shape)) element.txt('None');
}

function child(parent: XMLBuilder, name: string, context: Context): XMLBuilder {
  return parent.ele(uriOf(name, context) ?? context.uris.get('') ?? null, name);
}

function uriOf(name: string, { uris }: Context): string | null {
  return name.includes(':') ? (uris.get(name.replace(/:.*/, '')) ?? null) : null;
}

function isScalar({ kind }: Shape): boolean {
  return !['record', 'list', 'dict', 'entry', 'named', 'nothing'].includes(kind);
}

function textOf(shape: Shape, value: unknown): string {
  if (shape.kind === 'boolean' && shape.asTruth === true) return pythonTruth(value);
  return shape.kind === 'datetime' ? pythonTime(shape, value) : python(value);
}

/** Print what Python's str(bool()) prints of a JSON scalar. */
function pythonTruth(value: unknown): string {
  const isFalse = value === null || value === '' || value === false || Number(JSON.stringify(value)) === 0;
  return isFalse ? 'False' : 'True';
}

/** Print a JSON scalar by Python's str(); numbers keep their digits. */
function python(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Print a datetime by Python's str(): a space for the T, no microseconds of zero, and the zone if it was known. */
function pythonTime({ withOffset }: DatetimeShape, value: unknown): string {
  const [, date, time, fraction = '', zone = ''] =
    (typeof value === 'string' && /^([\d-]{10})T(\d\d:\d\d:\d\d)(\.\d+)?(.*)$/s.exec(value)) || [];
  if (date === undefined || !/^\d{4}-\d\d-\d\d$/.test(date)) return python(value);
  const offset = withOffset === true && zone === '' ? '+00:00' : zone;
  return `${date} ${time}${fraction === '.000000' ? '' : fraction}${offset}`;
}

/**
 * Replace the characters that xmlbuilder2 would write wrongly with others that it keeps: an ampersand that looks like an
 * entity with its entity, TAB, LF and CR with control characters, and control characters with U+FFFD.
 */
function prepare(text: string, repairs: string[]): string {
  return Array.from(text, (character) => {
    const space = spaces.get(character);
    if (space !== undefined) return space;
    if (isCharacter(character.codePointAt(0) ?? 0)) return character === '&' ? '&amp;' : character;
    repairs.push(character);
    return '\uFFFD';
  }).join('');
}

const spaces = new Map([
  ['\t', '\u0001'],
  ['\n', '\u0002'],
  ['\r', '\u0003'],
]);

function restore(document: string): string {
  return document.replaceAll('\u0001', '&#9;').replaceAll('\u0002', '&#10;').replaceAll('\u0003', '&#13;');
}

/** The characters of the production Char, without the three that {@link prepare} replaces. */
function isCharacter(code: number): boolean {
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code >= 0x20 && !isSurrogate && code !== 0xfffe && code !== 0xffff;
}
