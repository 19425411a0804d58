import { escapeQuotedText } from '../../xml/escape.ts';
import { isFields, type Fields } from '../fields.ts';
import { digitsOf } from '../exact-json.ts';
import type { Message } from '../shapes.ts';
import { datetime, inline, list, nothing, record } from '../words.ts';
import { printName } from './print-name.ts';
import { pythonText, startWriting, writable, type Writing } from './python-text.ts';
import { DocumentPieces } from './document-pieces.ts';
import type { Composer } from './write-xml.ts';

/**
 * Make the message of a document that nothing describes: an object with one member of this name. Its list, if the member is
 * one, can be read and written in slices.
 */
export function genericMessage(root: string): Message {
  const items = inline(list(nothing(), { tag: 'item' }));
  return { root, isBare: true, content: record({ [root]: items }), namespaces: {}, extensions: {}, isUndeclared: true };
}

/**
 * Create the composer of a document that nothing describes, with the rules of legacy Nova's generic serializer
 * (XMLDictSerializer): no declaration and no namespace; an element for each member and each item; an item has the name of its
 * list without its `s`, or `item`; scalars are texts of Python. Unlike legacy Nova, it writes well-formed XML for any key.
 */
export function genericComposer({ root }: Message): Composer {
  const writing = startWriting();
  const before = new DocumentPieces();
  const memberOf = (slice: unknown): unknown => (isFields(slice) ? slice[root] : slice);
  return {
    add: (slice) => {
      before.add(contentOf(root, memberOf(slice), writing) ?? '');
    },
    end: (slice) => {
      const value = memberOf(slice);
      const { start, name } = printName(root, writing);
      const content = contentOf(root, value, writing);
      const document = before.isEmpty
        ? elementOf(start, name, content)
        : before.between(`${start}>`, `${content ?? ''}</${name}>`);
      return { document, repaired: writing.repaired, misshapen: [] };
    },
  };
}

/** Print the element of a member. */
function member(key: string, value: unknown, writing: Writing): string {
  const { start, name } = printName(key, writing);
  return elementOf(start, name, contentOf(key, value, writing));
}

function elementOf(start: string, name: string, content: string | undefined): string {
  return content === undefined ? `${start}/>` : `${start}>${content}</${name}>`;
}

/** Print the content of a member; undefined for an empty list or object. */
function contentOf(key: string, value: unknown, writing: Writing): string | undefined {
  if (Array.isArray(value)) return itemsOf(key, value, writing);
  if (isFields(value) && digitsOf(value) === undefined) return membersOf(value, writing);
  const text = isTime(key, value) ? pythonText(datetime(), value, key, writing) : textOf(value);
  return escapeQuotedText(writable(text, writing));
}

/**
 * Check that a text was a time in Nova, which legacy Nova wrote with a space: it names such members so, and always writes
 * six digits of the second in JSON.
 */
function isTime(key: string, value: unknown): value is string {
  return key.endsWith('_at') && typeof value === 'string' && time.test(value);
}

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/;

function itemsOf(key: string, items: readonly unknown[], writing: Writing): string | undefined {
  if (items.length === 0) return undefined;
  const name = key.endsWith('s') ? key.slice(0, -1) : 'item';
  let content = '';
  for (const item of items) content += member(name, item, writing);
  return content;
}

function membersOf(value: Fields, writing: Writing): string | undefined {
  let content: string | undefined;
  for (const key of Object.keys(value)) {
    // Legacy Nova's only exception: its database marks deleted rows with a number.
    const shown = key === 'deleted' ? isTrue(value[key]) : value[key];
    content = (content ?? '') + member(key, shown, writing);
  }
  return content;
}

/** Print a scalar as Python's str(). */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return digitsOf(value) ?? 'None';
}

/** Convert a value to a boolean as Python's bool(). */
function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  const digits = digitsOf(value);
  if (digits !== undefined) return Number(digits) !== 0;
  return isFields(value) ? Object.keys(value).length > 0 : Boolean(value);
}
