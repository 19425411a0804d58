import type { XmlAttribute } from '../../xml/parse.ts';
import { below, type Reading } from './reading.ts';
import { localName, type Member, type RecordShape } from '../shapes.ts';

/** A name as descriptions have it, taken apart. */
export interface AttributeName {
  readonly prefix: string;
  readonly local: string;
}

/** Takes a name apart. */
export function attributeName(name: string): AttributeName {
  const local = localName(name);
  return { prefix: name.slice(0, Math.max(0, name.length - local.length - 1)), local };
}

/** By each name in turn: the attribute that is written so, else the first of the same local name. */
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

/** The names that XML callers gave a member, the first one first. */
export function namesOf(key: string, member: Member): string[] {
  return [member.xml ?? key, ...(member.aliases ?? [])];
}

/** A name as it was written. */
export function qualified({ prefix, name }: Pick<XmlAttribute, 'prefix' | 'name'>): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

/** The local names that a record's attributes and children may have. */
export function knownNames(shape: RecordShape): {
  attributes: Set<string>;
  elements: ReadonlySet<string>;
  takesAll: boolean;
} {
  const attributes = new Set<string>();
  const elements = new Set<string>();
  for (const [key, member] of Object.entries(shape.members)) {
    const both = member.eitherWay === true;
    if (member.place === 'attribute' || both) for (const name of namesOf(key, member)) attributes.add(localName(name));
    if (member.place === 'element' || both) elements.add(localName(member.xml ?? key));
    if (member.place === 'inline' && member.shape.kind !== 'named') elements.add(localName(member.shape.tag));
  }
  const takesAll = Object.values(shape.members).some(
    ({ place, shape: { kind } }) => place === 'inline' && kind === 'named',
  );
  return { attributes, elements, takesAll };
}

/** Prefixes whose attributes speak of the document and not of the message. */
const aboutTheDocument: ReadonlySet<string> = new Set(['xml', 'xsi']);

/** Notes what is named as no member is. */
export function noteUnknown(
  named: readonly { readonly name: string; readonly prefix: string }[],
  known: ReadonlySet<string>,
  at: string,
  reading: Reading,
): void {
  for (const { name, prefix } of named) {
    if (!known.has(name) && !aboutTheDocument.has(prefix)) reading.unknown.push(below(at, name));
  }
}
