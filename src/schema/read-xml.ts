import { isDeepStrictEqual } from 'node:util';
import { Fault } from '../fault.ts';
import type { XmlAttribute, XmlElement } from '../xml/parse.ts';
import { checkKey, enforce, settle, type Reading } from './reading.ts';
import { fromText } from './scalars.ts';
import { localName } from './shapes.ts';
import type { DictShape, ListShape, Member, RecordShape, Scalar, Shape } from './shapes.ts';

/** Reads the JSON value of a description out of an element; `at` is the value's path, for faults. */
export type XmlReader = (element: XmlElement, at: string, reading: Reading) => unknown;

type Collect = (children: readonly XmlElement[], at: string, reading: Reading) => unknown;

/**
 * The reader of a shape, made once.
 *
 * The rules are legacy Nova's: children and attributes by local name, whatever the namespace; the first element of a
 * name counts, and the others do not; text is the element's direct text, untrimmed; what is unknown is ignored.
 */
export function xmlReader(shape: Shape): XmlReader {
  const read = reader(shape);
  return (element, at, reading) => settle(read(element, at, reading), reading);
}

function reader(shape: Shape): XmlReader {
  switch (shape.kind) {
    case 'record':
      return recordReader(shape);
    case 'list':
    case 'dict':
      return wrapped(shape);
    case 'string':
    case 'base64':
    case 'boolean':
    case 'integer':
      return (element, at, reading) => fromText(shape, element.text, at, reading);
    default:
      return shape satisfies never;
  }
}

function wrapped(shape: ListShape | DictShape): XmlReader {
  const collect = collector(shape);
  const tag = localName(shape.tag);
  return (element, at, reading) => {
    noteUnknown(element.children, (name) => name === tag, at, reading);
    return collect(element.children, at, reading);
  };
}

function collector(shape: ListShape | DictShape): Collect {
  return shape.kind === 'list' ? listCollector(shape) : dictCollector(shape);
}

function listCollector(shape: ListShape): Collect {
  const read = reader(shape.item);
  const tag = localName(shape.tag);
  return (children, at, reading) => {
    const items = children.filter((child) => child.name === tag);
    enforce(shape.quota, items.length, reading);
    return items.map((item, index) => read(item, `${at}[${index}]`, reading));
  };
}

function dictCollector(shape: DictShape): Collect {
  const read = shape.value.kind === 'list' ? unwrapped(shape.value) : reader(shape.value);
  const tag = localName(shape.tag);
  return (children, at, reading) => {
    // The last of a key counts, and the others not at all.
    const last = new Map<string, XmlElement>();
    for (const child of children) {
      if (child.name === tag) last.set(findAttribute(child.attributes, [shape.key])?.value ?? '', child);
    }
    const entries = [...last].map(([key, child]) => {
      checkKey(shape, key, at, reading);
      return [key, read(child, `${at}[${JSON.stringify(key)}]`, reading)] as const;
    });
    enforce(shape.quota, entries.length, reading);
    // fromEntries keeps keys such as __proto__, which an assignment loses.
    return Object.fromEntries(entries);
  };
}

function unwrapped(shape: ListShape): XmlReader {
  const collect = listCollector(shape);
  return (element, at, reading) => collect(element.children, at, reading);
}

type Find = (element: XmlElement, at: string, reading: Reading) => unknown;

function recordReader(shape: RecordShape): XmlReader {
  const fields = Object.entries(shape.members).flatMap(([key, member]) => {
    const find = finder(key, member);
    return find === undefined ? [] : [{ key, member, find }];
  });
  const known = knownNames(shape);
  return (element, at, reading) => {
    noteUnknown(element.attributes, (name) => known.attributes.has(name), at, reading);
    noteUnknown(element.children, (name) => known.elements.has(name), at, reading);
    const value: Record<string, unknown> = {};
    for (const { key, member, find } of fields) {
      const found = find(element, `${at}.${key}`, reading);
      if (found !== undefined) value[key] = found;
      else if (member.required === true) throw Fault.invalid(`${at}.${key}`, member.missing ?? 'is required.');
    }
    return value;
  };
}

function finder(key: string, member: Member): Find | undefined {
  switch (member.place) {
    case 'attribute':
      return attributeFinder(namesOf(key, member), member.shape);
    case 'element':
      return elementFinder(localName(member.xml ?? key), member);
    case 'text':
      return reader(member.shape);
    case 'inline': {
      const collect = collector(member.shape);
      return (element, at, reading) => collect(element.children, at, reading);
    }
    case 'json':
      return undefined;
    default:
      return member satisfies never;
  }
}

function attributeFinder(names: readonly string[], shape: Scalar): Find {
  return ({ attributes }, at, reading) => {
    const found = findAttribute(attributes, names);
    return found === undefined ? undefined : fromText(shape, found.value, at, reading);
  };
}

function elementFinder(name: string, member: Member): Find {
  const read = reader(member.shape);
  return ({ children }, at, reading) => {
    const child = children.find((candidate) => candidate.name === name);
    if (child === undefined) return undefined;
    const value = read(child, at, reading);
    return 'emptyStandsFor' in member && isDeepStrictEqual(value, member.emptyStandsFor) ? '' : value;
  };
}

/** By each name in turn: the attribute that is written so, else the first of the same local name. */
function findAttribute(attributes: readonly XmlAttribute[], names: readonly string[]): XmlAttribute | undefined {
  for (const name of names) {
    const found = attributes.find((attribute) => qualified(attribute) === name);
    if (found !== undefined) return found;
    const local = localName(name);
    const related = attributes.find((attribute) => attribute.name === local);
    if (related !== undefined) return related;
  }
  return undefined;
}

function namesOf(key: string, member: Member): string[] {
  return [member.xml ?? key, ...(member.aliases ?? [])];
}

function qualified({ prefix, name }: XmlAttribute): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

function knownNames(shape: RecordShape): { attributes: ReadonlySet<string>; elements: ReadonlySet<string> } {
  const attributes = new Set<string>();
  const elements = new Set<string>();
  for (const [key, member] of Object.entries(shape.members)) {
    if (member.place === 'attribute') for (const name of namesOf(key, member)) attributes.add(localName(name));
    if (member.place === 'element') elements.add(localName(member.xml ?? key));
    if (member.place === 'inline') elements.add(localName(member.shape.tag));
  }
  return { attributes, elements };
}

/** Prefixes whose attributes speak of the document and not of the message. */
const aboutTheDocument: ReadonlySet<string> = new Set(['xml', 'xsi']);

function noteUnknown(
  named: readonly { readonly name: string; readonly prefix: string }[],
  isKnown: (name: string) => boolean,
  at: string,
  reading: Reading,
): void {
  for (const { name, prefix } of named) {
    if (!isKnown(name) && !aboutTheDocument.has(prefix)) reading.unknown.push(`${at}.${name}`);
  }
}
