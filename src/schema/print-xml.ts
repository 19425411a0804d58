import { escapeAttribute, escapeText } from '../xml/escape.ts';
import { isFields, type Fields } from './fields.ts';
import { printName } from './print-name.ts';
import { pythonText, writable, type Writing } from './python-text.ts';
import { isScalar } from './shapes.ts';
import type { DictShape, EntryShape, ListShape, Member, NamedShape, RecordShape, Scalar, Shape } from './shapes.ts';
import { UnwritableValue } from './unwritable-value.ts';

/** Attributes, and content: undefined is no content at all (`<a/>`), '' is empty content (`<a></a>`). */
export interface Parts {
  readonly attributes: string;
  readonly content: string | undefined;
}

/** Prints a value of a shape. @throws {UnwritableValue} for a value of another kind */
export type Print = (value: unknown, writing: Writing) => Parts;

/** An element out of its start, without the end of the tag, and what is in it. */
export function element(start: string, name: string, { attributes, content }: Parts): string {
  return content === undefined ? `${start}${attributes}/>` : `${start}${attributes}>${content}</${name}>`;
}

/** The printer of a shape, made once. */
export function printer(shape: Shape): Print {
  switch (shape.kind) {
    case 'record':
      return recordPrinter(shape);
    case 'list':
      return listPrinter(shape);
    case 'dict':
      return dictPrinter(shape);
    case 'entry':
      return entryPrinter(shape);
    case 'named':
      return namedPrinter(shape);
    case 'nothing':
      return () => empty;
    case 'string':
    case 'base64':
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'datetime':
      return (value, writing) => ({ attributes: '', content: escapeText(pythonText(shape, value, writing)) });
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
    return wrap(items.map((item) => element(start, shape.tag, print(unwrapped(item, shape), writing))));
  };
}

function unwrapped(item: unknown, { tag, wrapped }: ListShape): unknown {
  return wrapped === undefined ? item : mustBeObject(item, tag)[wrapped];
}

function dictPrinter(shape: DictShape): Print {
  const print = valuePrinter(shape);
  const start = `<${shape.tag} ${shape.key}="`;
  const prefix = prefixOf(shape.tag);
  return (value, writing) => {
    const entries = Object.entries(mustBeMap(value, shape.tag));
    if (entries.length > 0) declarePrefix(prefix, writing);
    return wrap(
      entries.map(([key, content]) =>
        element(`${start}${escapeAttribute(writable(key, writing))}"`, shape.tag, print(content, writing)),
      ),
    );
  };
}

/** The value of an entry, where its element has it. */
function valuePrinter({ value, valueIn, inside }: DictShape): Print {
  if (valueIn !== undefined && isScalar(value)) return attributePrinter(valueIn, value);
  const print = printer(value);
  if (inside === undefined) return print;
  return (content, writing) => ({ attributes: '', content: element(`<${inside}`, inside, print(content, writing)) });
}

function entryPrinter({ key, value }: EntryShape): Print {
  const print = printer(value);
  return (given, writing) => {
    const [only] = Object.entries(mustBeObject(given, key));
    if (only === undefined) throw new UnwritableValue(`${key}: no member`);
    const { attributes, content } = print(only[1], writing);
    return { attributes: ` ${key}="${escapeAttribute(writable(only[0], writing))}"${attributes}`, content };
  };
}

function namedPrinter({ value, repeats, isOne }: NamedShape): Print {
  return (given, writing) => {
    const entries = Object.entries(mustBeMap(given, 'map'));
    if (isOne === true && entries.length !== 1) throw new UnwritableValue('not one entry');
    return wrap(
      entries.flatMap(([key, content]) => {
        const { start, name } = printName(key, writing);
        const contents: unknown[] = repeats === true && Array.isArray(content) ? content : [content];
        return contents.map((item) => `${start}>${escapeText(pythonText(value, item, writing))}</${name}>`);
      }),
    );
  };
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

const empty: Parts = { attributes: '', content: undefined };

function memberPrinter(key: string, member: Member): Print {
  const name = member.xml ?? key;
  switch (member.place) {
    case 'attribute':
      return attributePrinter(name, member.shape);
    case 'element':
      return elementPrinter(name, member);
    case 'text':
    case 'inline': {
      const print = printer(member.shape);
      return (value, writing) => (value === undefined || value === null ? empty : print(value, writing));
    }
    case 'json':
      return () => empty;
    default:
      return member satisfies never;
  }
}

function attributePrinter(name: string, shape: Scalar): Print {
  const prefix = prefixOf(name);
  return (value, writing) => {
    if (value === undefined) return empty;
    declarePrefix(prefix, writing);
    return { attributes: ` ${name}="${escapeAttribute(pythonText(shape, value, writing))}"`, content: undefined };
  };
}

function elementPrinter(name: string, member: Member): Print {
  const print = printer(member.shape);
  const start = `<${name}`;
  const prefix = prefixOf(name);
  const isText = isScalar(member.shape);
  return (given, writing) => {
    const value = given === '' && 'emptyStandsFor' in member ? member.emptyStandsFor : given;
    const absent = value === undefined || (value === null && !isText);
    if (absent && member.always !== true) return empty;
    declarePrefix(prefix, writing);
    return { attributes: '', content: element(start, name, print(value ?? null, writing)) };
  };
}

/** A map; null and, as a PHP or a Lua writes it, an empty array are empty ones. */
function mustBeMap(value: unknown, what: string): Fields {
  const isEmpty = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  return isEmpty ? {} : mustBeObject(value, what);
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
