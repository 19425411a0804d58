import type { XmlAttribute } from '../../xml/element.ts';
import type { ScannedElement } from '../../xml/scan/scan.ts';
import { below, passOverRepeated, type Reading, type XmlReader } from './reading.ts';
import { isScalar, localName, type DictShape, type Member, type RecordShape } from '../shapes.ts';

/** A name of a description, split at its colon. */
export interface AttributeName {
  readonly prefix: string;
  readonly local: string;
}

/** Split a name into prefix and local name. */
export function attributeName(name: string): AttributeName {
  const local = localName(name);
  return { prefix: name.slice(0, Math.max(0, name.length - local.length - 1)), local };
}

/** Find an attribute by several names, tried in order: with the same prefix, else the first with the same local name. */
export function findAttribute(
  attributes: readonly XmlAttribute[],
  names: readonly AttributeName[],
): XmlAttribute | undefined {
  for (const { prefix, local } of names) {
    let related: XmlAttribute | undefined;
    for (const attribute of attributes) {
      if (attribute.name !== local) continue;
      if (attribute.prefix === prefix) return attribute;
      related ??= attribute;
    }
    if (related !== undefined) return related;
  }
  return undefined;
}

/** List the names of a member in XML, the one with precedence first. */
export function namesOf(key: string, member: Member): string[] {
  return [
    member.xml ?? key,
    ...(member.xmlBeside === undefined ? [] : [member.xmlBeside.xml]),
    ...(member.aliases ?? []),
  ];
}

/** Format a name as it was written. */
export function qualified({ prefix, name }: Pick<XmlAttribute, 'prefix' | 'name'>): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

/** The names that an element may have, and the member that each local name belongs to. */
export interface KnownNames {
  readonly attributes: ReadonlyMap<string, string>;
  /** The members of children; '' for the children of a list or map, which may occur several times, and for ignored names. */
  readonly elements: ReadonlyMap<string, string>;
  /** True if children of any name are accepted, as the entries of a map. */
  readonly acceptsAnyElement: boolean;
  /** True if attributes of any name are accepted, as the entries of a map. */
  readonly acceptsAnyAttribute?: boolean;
  /** True if the text of the element has a meaning. */
  readonly acceptsText: boolean;
}

const none: ReadonlyMap<string, string> = new Map();

/** The names of an element without content. */
export const noNames: KnownNames = { attributes: none, elements: none, acceptsAnyElement: false, acceptsText: false };

/** The names of an element whose children have any name. */
export const anyNames: KnownNames = { ...noNames, acceptsAnyElement: true };

/** The names of an element whose attributes and children have any name. */
export const anyNamesEitherWay: KnownNames = { ...anyNames, acceptsAnyAttribute: true };

/** List the names of an element with a scalar. @param key the attribute that holds the key of an entry, if it is one */
export function scalarNames(key: string | undefined): KnownNames {
  return { ...noNames, attributes: only(key), acceptsText: true };
}

/** List the names of an element around items or entries. @param key as in {@link scalarNames} */
export function wrapperNames(tag: string, key: string | undefined): KnownNames {
  return { ...noNames, attributes: only(key), elements: new Map([[localName(tag), '']]) };
}

/** List the names of an entry whose value is in an attribute or in a child. */
export function entryNames({ key, valueIn, inside }: DictShape): KnownNames {
  const attributes = [key, ...(valueIn === undefined ? [] : [valueIn])].map((name) => [localName(name), name] as const);
  return { ...noNames, attributes: new Map(attributes), elements: only(inside) };
}

function only(name: string | undefined): ReadonlyMap<string, string> {
  return name === undefined ? none : new Map([[localName(name), name]]);
}

/** List the names of a record's attributes and children. @param key as in {@link scalarNames} */
export function recordNames({ members, ignored = [] }: RecordShape, key: string | undefined): KnownNames {
  const attributes = new Map(only(key));
  const elements = new Map<string, string>();
  for (const [name, member] of Object.entries(members)) {
    const both = member.eitherWay === true;
    if (member.place === 'attribute' || (both && isScalar(member.shape)))
      for (const alike of namesOf(name, member)) attributes.set(localName(alike), name);
    if (member.place === 'element' || both) elements.set(localName(member.xml ?? name), name);
    if (member.place === 'inline' && member.shape.kind !== 'named') elements.set(localName(member.shape.tag), '');
  }
  for (const names of [attributes, elements]) for (const name of ignored) if (!names.has(name)) names.set(name, '');
  const all = Object.values(members);
  return {
    attributes,
    elements,
    acceptsAnyElement: all.some(({ place, shape: { kind } }) => place === 'inline' && kind === 'named'),
    acceptsText: all.some(({ place }) => place === 'text'),
  };
}

/** The prefixes of attributes that describe the document and not the message. */
const aboutTheDocument: ReadonlySet<string> = new Set(['xml', 'xsi']);

/** Check for an attribute, such as xsi:schemaLocation, that describes the document and not the message. */
export function isAboutTheDocument({ prefix }: Pick<XmlAttribute, 'prefix'>): boolean {
  return aboutTheDocument.has(prefix);
}

/** Make a reader that notes what an element has besides the names that it may have. */
export function noting(known: KnownNames, read: XmlReader): XmlReader {
  return (element, at, reading) => {
    noteUnread(element, known, at, reading);
    return read(element, at, reading);
  };
}

/**
 * Note everything in an element that is not read: attributes and children that are not described, those after the first of
 * their member, and a text that has no meaning. Then nothing that a caller wrote is lost unseen.
 */
function noteUnread(
  { attributes, children, text }: ScannedElement,
  known: KnownNames,
  at: string,
  reading: Reading,
): void {
  const seen = new Set<string>();
  const note = (name: string, members: ReadonlyMap<string, string>): void => {
    const member = members.get(name);
    if (member === undefined) reading.unknown.push(below(at, name));
    else if (member === '') return;
    else if (seen.has(member)) passOverRepeated(below(at, member), reading);
    else seen.add(member);
  };
  if (known.acceptsAnyAttribute !== true)
    for (const attribute of attributes) if (!isAboutTheDocument(attribute)) note(attribute.name, known.attributes);
  if (!known.acceptsAnyElement) for (const { name } of children) note(name, known.elements);
  if (!known.acceptsText && !isBlank(text)) reading.unknown.push(below(at, '#text'));
}

function isBlank(text: ScannedElement['text']): boolean {
  return text === '' || (typeof text === 'string' && !/[^\t\n\r ]/.test(text));
}
