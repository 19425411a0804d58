import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { DictShape, ListShape, Member, Message, Scalar, Shape } from '../../src/schema/shapes.ts';

/** A document by the reference, and whether it has U+FFFD in the place of what XML cannot hold. */
export interface Reference {
  readonly document: string;
  readonly repaired: boolean;
}

/**
 * The document of a message as xmlbuilder2's DOM prints it: slow, and by none of the writer's code. The rules are those of
 * legacy-xml.md 5.1. All namespaces are declared, used or not; no content and empty content look the same.
 */
export function referenceDocument({ root, content, namespaces, extensions }: Message, value: unknown): Reference {
  const uris = new Map(Object.entries({ ...extensions, ...namespaces }));
  const repairs: string[] = [];
  const prepared = (text: string): string => prepare(text, repairs);
  const document = create({ version: '1.0', encoding: 'UTF-8' });
  const element = document.ele(uris.get('') ?? null, root);
  for (const [prefix, uri] of uris) {
    if (prefix !== '') element.att('http://www.w3.org/2000/xmlns/', `xmlns:${prefix}`, uri);
  }
  fill(element, content, value, { uris, prepared });
  return { document: restore(document.end()), repaired: repairs.length > 0 };
}

interface Context {
  readonly uris: ReadonlyMap<string, string>;
  readonly prepared: (text: string) => string;
}

function fill(element: XMLBuilder, shape: Shape, value: unknown, context: Context): void {
  switch (shape.kind) {
    case 'record':
      for (const [key, member] of Object.entries(shape.members)) {
        const given = Object.entries(value as object).find(([name]) => name === key)?.[1] as unknown;
        fillMember(element, key, member, given, context);
      }
      return;
    case 'list':
      fillList(element, shape, value as unknown[], context);
      return;
    case 'dict':
      fillDict(element, shape, value as object, context);
      return;
    case 'string':
    case 'base64':
    case 'boolean':
    case 'integer':
      element.txt(context.prepared(python(value)));
      return;
    default:
      shape satisfies never;
  }
}

function fillList(element: XMLBuilder, { tag, item }: ListShape, items: unknown[], context: Context): void {
  for (const content of items) fill(child(element, tag, context), item, content, context);
}

function fillDict(element: XMLBuilder, { tag, key, value }: DictShape, dict: object, context: Context): void {
  for (const [name, content] of Object.entries(dict)) {
    fill(child(element, tag, context).att(key, context.prepared(name)), value, content as unknown, context);
  }
}

function fillMember(element: XMLBuilder, key: string, member: Member, given: unknown, context: Context): void {
  const name = member.xml ?? key;
  const value = 'emptyStandsFor' in member && given === '' ? member.emptyStandsFor : given;
  switch (member.place) {
    case 'attribute':
      if (value !== undefined) element.att(uriOf(name, context), name, context.prepared(python(value)));
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

/** Missing: no element, unless it always has one. Null: the text None where text is, otherwise as if it were missing. */
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

function isScalar(shape: Shape): shape is Scalar {
  return !('members' in shape) && !('tag' in shape);
}

/** Python's str() of what JSON holds. */
function python(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * What xmlbuilder2 would write wrongly, as something that it leaves alone: an ampersand that looks like an entity's as the
 * entity that it is, TAB, LF and CR as control characters that no prepared text has, and U+FFFD for those themselves.
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

/** The Char production without the three that {@link prepare} has dealt with. */
function isCharacter(code: number): boolean {
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code >= 0x20 && !isSurrogate && code !== 0xfffe && code !== 0xffff;
}
