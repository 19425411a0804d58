import { Fault } from '../../fault.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import { isTooDeep } from '../../schema/nesting.ts';
import { MalformedXml } from '../../xml/malformed-xml.ts';
import { parseXml } from '../../xml/parse.ts';
import { expecting } from '../messages/expecting.ts';
import { conflictingKeys } from './conflicting-keys.ts';
import { readBodyType } from './body-type.ts';
import { refusedBody, refusedMember } from '../faults/refusals.ts';
import { xmlValue } from './xml-value.ts';

/** The body of a request to the Identity API. */
export interface IdentityBody {
  readonly bytes: Buffer;
  /** The value of Content-Type; undefined for none. */
  readonly contentType: string | undefined;
}

/**
 * Parse a body to a JSON value, by the rules of legacy Keystone: an empty body is no value, whatever its type.
 * @throws {Fault} 400 for another media type, and for a body that is not of its type
 */
function parseIdentityBody({ bytes, contentType }: IdentityBody): unknown {
  if (bytes.length === 0) return undefined;
  return readBodyType(contentType) === 'xml' ? parseXmlBody(bytes) : parseJsonBody(bytes);
}

/**
 * Read the content of a message from a body: the only member of its JSON object, or the root of its XML.
 * Members with the names of Keystone's own arguments are dropped, as Keystone did.
 * @throws {Fault} 400 as {@link parseIdentityBody}, and for a body without the message or with other members
 */
export function readContentOf(root: string, body: IdentityBody): unknown {
  const value = parseIdentityBody(body);
  const members = isFields(value) ? Object.entries(value).filter(([key]) => !isOwnArgument(key)) : [];
  const found = members.find(([key]) => key === root);
  if (found === undefined || found[1] === null) throw refusedMember(root, expecting(root, 'request body'));
  if (members.length > 1) throw refusedMember(root, expecting(`nothing but ${root}`, 'request body'));
  return found[1];
}

function isOwnArgument(key: string): boolean {
  return key === 'self' || key === 'context' || key.startsWith('_');
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Parse JSON. The error of the parser quotes the body, which holds a password: it is no cause of the fault. */
function parseJsonBody(bytes: Buffer): unknown {
  let text: string;
  let value: unknown;
  try {
    text = decoder.decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw refusedBody(expecting('valid JSON', 'request body'));
  }
  if (isTooDeep(value)) throw refusedBody(expecting('valid JSON', 'request body'));
  // A login whose text can be read in two ways is refused: one of its readers may stand in front of the gateway.
  const [first] = conflictingKeys(text, value);
  if (first !== undefined) throw refusedMember(first, expecting(`one value of ${lastOf(first)}`, 'request body'));
  return value;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).slice(0, 64);
}

function parseXmlBody(bytes: Buffer): Fields {
  try {
    return xmlValue(parseXml(withoutLeadingSpace(bytes)));
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (error instanceof MalformedXml) throw refusedBody(expecting('valid XML', 'request body'));
    throw error;
  }
}

/** Remove white space in front of the document, which legacy Keystone removed; UTF-16 has none that is one byte. */
function withoutLeadingSpace(bytes: Buffer): Buffer {
  let at = 0;
  while (isLeadingSpace(bytes[at])) at += 1;
  return bytes.subarray(at);
}

function isLeadingSpace(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
}
