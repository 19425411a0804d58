import type { XmlAttribute, XmlElement } from '../../xml/element.ts';
import type { Fields } from '../../schema/fields.ts';
import { refusedBody, refusedMember } from '../faults/refusals.ts';
import { expecting } from '../messages/expecting.ts';
import { isDeepStrictEqual } from 'node:util';

/** The elements of which two with different content are refused: a login must not be readable in two ways. */
const credentials: ReadonlySet<string> = new Set([
  'token',
  'passwordCredentials',
  'apiKeyCredentials',
  'apiAccessKeyCredentials',
]);

/** The attributes that legacy Keystone read as booleans. */
const booleans: ReadonlySet<string> = new Set(['enabled', 'truncated']);

/**
 * Convert an element to the JSON value that legacy Keystone made of it: `{name: content}`.
 *
 * Only local names count. Attributes and child elements are members; an element overrides an attribute, and the last of
 * several elements counts. An element without both is its text, without white space at its ends. An element without
 * attributes whose name ends in `s` is a list of elements with that name without its `s`.
 * @throws {Fault} 400 for a list with other elements, for text beside elements, for two attributes with one local name, and for two different sets of credentials
 */
export function xmlValue(element: XmlElement): Fields {
  return { [element.name]: contentOf(element) };
}

function contentOf({ name, attributes, children, text }: XmlElement): unknown {
  const trimmed = text.trim();
  if (attributes.length === 0 && children.length === 0) return trimmed;
  if (attributes.length === 0 && name.endsWith('s') && name !== 'access') return listOf(name, children);
  if (attributes.length === 0 && trimmed !== '') throw refusedXml();
  return recordOf(attributes, children);
}

function listOf(name: string, children: readonly XmlElement[]): unknown {
  const item = name.slice(0, -1);
  if (children.some((child) => child.name !== item)) throw refusedXml();
  return children.map(contentOf);
}

function recordOf(attributes: readonly XmlAttribute[], children: readonly XmlElement[]): unknown {
  const members = new Map<string, unknown>();
  for (const { name, value } of attributes) {
    // Two prefixes, one local name: another reader would take the other value.
    if (members.has(name)) throw refusedXml();
    members.set(name, attributeValue(name, value));
  }
  const seen = new Set<string>();
  for (const child of children) {
    const content = contentOf(child);
    if (seen.has(child.name) && credentials.has(child.name) && !isDeepStrictEqual(members.get(child.name), content)) {
      throw refusedMember(child.name, expecting(`one ${child.name}`, 'request body'));
    }
    seen.add(child.name);
    members.set(child.name, content);
  }
  // fromEntries() keeps a key such as __proto__, which an assignment would lose.
  return Object.fromEntries(members);
}

function attributeValue(name: string, value: string): unknown {
  return booleans.has(name) && (value === 'true' || value === 'false') ? value === 'true' : value;
}

function refusedXml(): Error {
  return refusedBody(expecting('valid XML', 'request body'));
}
