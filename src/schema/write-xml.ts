import { escapeAttribute, escapeText, isWritable, makeWritable } from '../xml/escape.ts';
import { printSkeleton } from '../xml/skeleton.ts';
import { isFields, type Fields } from './fields.ts';
import type { DictShape, ListShape, Member, Message, RecordShape, Shape } from './shapes.ts';

/** A value that its description does not allow: the cloud's, since callers' values are checked when they are read. */
export class UnwritableValue extends Error {
  override readonly name = 'UnwritableValue';
}

/** A document, and whether it has U+FFFD in the place of characters that XML cannot hold. */
export interface Written {
  readonly document: string;
  readonly repaired: boolean;
}

const declaration = "<?xml version='1.0' encoding='UTF-8'?>\n";

/** What the writing of one document remembers: the prefixes met, and whether anything was repaired. */
interface Writing {
  readonly prefixes: Set<string>;
  repaired: boolean;
}

/** Attributes, and content: undefined is no content at all (`<a/>`), '' is empty content (`<a></a>`). */
interface Parts {
  readonly attributes: string;
  readonly content: string | undefined;
}

type Print = (value: unknown, writing: Writing) => Parts;

/**
 * The writer of a message, made once.
 *
 * The rules are legacy Nova's (lxml over its templates): the order is the description's; a missing member is left out,
 * null is the text None, true is True; unknown members are dropped; a namespace prefix is declared where it is used.
 * @throws {UnwritableValue} for a value of another kind than described
 */
export function xmlWriter(message: Message): (value: unknown) => Written {
  const print = printer(message.content);
  const skeletons = new Map<string, string>();
  const skeleton = (used: readonly string[]): string => {
    const key = used.join(' ');
    const known = skeletons.get(key);
    if (known !== undefined) return known;
    const extensions = used.map((prefix) => [prefix, message.extensions[prefix] ?? ''] as const);
    const printed = printSkeleton(message.root, [...extensions, ...Object.entries(message.namespaces)]);
    skeletons.set(key, printed);
    return printed;
  };
  const prefixes = Object.keys(message.extensions);
  return (value) => {
    const writing: Writing = { prefixes: new Set(), repaired: false };
    const parts = print(value, writing);
    const start = skeleton(prefixes.filter((prefix) => writing.prefixes.has(prefix)));
    return { document: declaration + element(start, message.root, parts), repaired: writing.repaired };
  };
}

function element(start: string, name: string, { attributes, content }: Parts): string {
  return content === undefined ? `${start}${attributes}/>` : `${start}${attributes}>${content}</${name}>`;
}

function printer(shape: Shape): Print {
  switch (shape.kind) {
    case 'record':
      return recordPrinter(shape);
    case 'list':
      return listPrinter(shape);
    case 'dict':
      return dictPrinter(shape);
    case 'string':
    case 'base64':
    case 'boolean':
    case 'integer':
      return (value, writing) => ({ attributes: '', content: escapeText(scalarText(value, writing)) });
    default:
      return shape satisfies never;
  }
}

function listPrinter(shape: ListShape): Print {
  const print = printer(shape.item);
  const start = `<${shape.tag}`;
  const prefix = prefixOf(shape.tag);
  return (value, writing) => {
    const items = value ?? [];
    if (!Array.isArray(items)) throw new UnwritableValue(`${shape.tag}: not an array`);
    if (items.length > 0) declarePrefix(prefix, writing);
    return wrap(items.map((item) => element(start, shape.tag, print(item, writing))));
  };
}

function dictPrinter(shape: DictShape): Print {
  const print = printer(shape.value);
  const start = `<${shape.tag} ${shape.key}="`;
  return (value, writing) =>
    wrap(
      Object.entries(mustBeObject(isEmptyArray(value) ? {} : (value ?? {}), shape.tag)).map(([key, content]) =>
        element(`${start}${escapeAttribute(writable(key, writing))}"`, shape.tag, print(content, writing)),
      ),
    );
}

function wrap(elements: readonly string[]): Parts {
  return { attributes: '', content: elements.length === 0 ? undefined : elements.join('') };
}

function recordPrinter(shape: RecordShape): Print {
  const members = Object.entries(shape.members).map(([key, member]) => ({ key, print: memberPrinter(key, member) }));
  return (value, writing) => {
    const record = mustBeObject(value, 'record');
    let attributes = '';
    let content: string | undefined;
    for (const { key, print } of members) {
      const printed = print(Object.hasOwn(record, key) ? record[key] : undefined, writing);
      attributes += printed.attributes;
      if (printed.content !== undefined) content = (content ?? '') + printed.content;
    }
    return { attributes, content };
  };
}

const nothing: Parts = { attributes: '', content: undefined };

function memberPrinter(key: string, member: Member): Print {
  const name = member.xml ?? key;
  switch (member.place) {
    case 'attribute':
      return attributePrinter(name);
    case 'element':
      return elementPrinter(name, member);
    case 'text':
    case 'inline': {
      const print = printer(member.shape);
      return (value, writing) => (value === undefined || value === null ? nothing : print(value, writing));
    }
    case 'json':
      return () => nothing;
    default:
      return member satisfies never;
  }
}

function attributePrinter(name: string): Print {
  const prefix = prefixOf(name);
  return (value, writing) => {
    if (value === undefined) return nothing;
    declarePrefix(prefix, writing);
    return { attributes: ` ${name}="${escapeAttribute(scalarText(value, writing))}"`, content: undefined };
  };
}

function elementPrinter(name: string, member: Member): Print {
  const print = printer(member.shape);
  const start = `<${name}`;
  const prefix = prefixOf(name);
  const isScalar = !['record', 'list', 'dict'].includes(member.shape.kind);
  return (given, writing) => {
    const value = given === '' && 'emptyStandsFor' in member ? member.emptyStandsFor : given;
    const absent = value === undefined || (value === null && !isScalar);
    if (absent && member.always !== true) return nothing;
    declarePrefix(prefix, writing);
    return { attributes: '', content: element(start, name, print(value ?? null, writing)) };
  };
}

/** Python's str() of a JSON scalar. */
function scalarText(value: unknown, writing: Writing): string {
  if (typeof value === 'string') return writable(value, writing);
  if (typeof value === 'number') return String(value);
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  throw new UnwritableValue('not a scalar');
}

function writable(text: string, writing: Writing): string {
  if (isWritable(text)) return text;
  writing.repaired = true;
  return makeWritable(text);
}

/** How a PHP or a Lua writes an empty map. */
function isEmptyArray(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function mustBeObject(value: unknown, what: string): Fields {
  if (isFields(value)) return value;
  throw new UnwritableValue(`${what}: not an object`);
}

function prefixOf(name: string): string | undefined {
  const end = name.indexOf(':');
  return end === -1 ? undefined : name.slice(0, end);
}

function declarePrefix(prefix: string | undefined, writing: Writing): void {
  if (prefix !== undefined) writing.prefixes.add(prefix);
}
