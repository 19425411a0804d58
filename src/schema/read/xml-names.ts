import type { XmlAttribute } from '../../xml/parse.ts';
import { below, type Reading } from './reading.ts';
import { localName, type Member, type RecordShape } from '../shapes.ts';

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
  return [member.xml ?? key, ...(member.aliases ?? [])];
}

/** Format a name as it was written. */
export function qualified({ prefix, name }: Pick<XmlAttribute, 'prefix' | 'name'>): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

/** Collect the local names that a record's attributes and children may have. */
export function knownNames(shape: RecordShape): {
  attributes: Set<string>;
  elements: ReadonlySet<string>;
  /** True if children of any name are accepted, as the entries of a map. */
  acceptsAnyElement: boolean;
} {
  const attributes = new Set<string>();
  const elements = new Set<string>();
  for (const [key, member] of Object.entries(shape.members)) {
    const both = member.eitherWay === true;
    if (member.place === 'attribute' || both) for (const name of namesOf(key, member)) attributes.add(localName(name));
    if (member.place === 'element' || both) elements.add(localName(member.xml ?? key));
    if (member.place === 'inline' && member.shape.kind !== 'named') elements.add(localName(member.shape.tag));
  }
  for (const name of shape.ignored ?? []) {
    attributes.add(name);
    elements.add(name);
  }
  const acceptsAnyElement = Object.values(shape.members).some(
    ({ place, shape: { kind } }) => place === 'inline' && kind === 'named',
  );
  return { attributes, elements, acceptsAnyElement };
}

/** The prefixes of attributes that describe the document and not the message. */
const aboutTheDocument: ReadonlySet<string> = new Set(['xml', 'xsi']);

/** Check for an attribute, such as xsi:schemaLocation, that describes the document and not the message. */
export function isAboutTheDocument({ prefix }: Pick<XmlAttribute, 'prefix'>): boolean {
  return aboutTheDocument.has(prefix);
}

/** Note the attributes or children that are not described. */
export function noteUnknown(
  named: readonly { readonly name: string; readonly prefix: string }[],
  known: ReadonlySet<string>,
  at: string,
  reading: Reading,
): void {
  for (const { name, prefix } of named) {
    if (!known.has(name) && !isAboutTheDocument({ prefix })) reading.unknown.push(below(at, name));
  }
}
