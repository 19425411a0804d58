import { perMessage } from '../../schema/per-message.ts';
import { isFields } from '../../schema/fields.ts';
import { digitsOf } from '../../schema/exact-json.ts';
import { toDocument } from '../../schema/json-document.ts';
import { selector } from '../../schema/write/select.ts';
import { xmlWriter } from '../../schema/write/write-xml.ts';
import type { Note } from '../../upstream/note.ts';
import type { IdentityDocument } from '../messages/identity-document.ts';
import type { IdentityFormat } from './identity-format.ts';
import { indentedXml } from './indented-xml.ts';
import { pythonJson } from './python-json.ts';

/** The text of a document for the caller, in ASCII. */
export interface WrittenIdentity {
  readonly text: string;
  /** The exact Content-Type: legacy Keystone wrote no charset. */
  readonly contentType: 'application/json' | 'application/xml';
  readonly notes: readonly Note[];
}

const selectorOf = perMessage(({ content }) => selector(content));
const writerOf = perMessage(xmlWriter);

/** Write a document as legacy Keystone did. */
export function writeIdentity(document: IdentityDocument, content: unknown, format: IdentityFormat): WrittenIdentity {
  if (format === 'json') {
    const selected = selectorOf(document.message)(content, new Set());
    return { text: pythonJson(toDocument(document.message, selected)), contentType: 'application/json', notes: [] };
  }
  const message = document.inXml ?? document.message;
  const { document: compact, repaired } = writerOf(message)(xmlContent(content));
  return {
    text: indentedXml(compact),
    contentType: 'application/xml',
    notes: repaired ? [replacedCharacter(message.root)] : [],
  };
}

/** Prepare a value for XML: null has no attribute and no element there, and booleans are in lower case. */
function xmlContent(value: unknown): unknown {
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(xmlContent);
  if (!isFields(value) || digitsOf(value) !== undefined) return value;
  const present = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(present.map(([key, member]) => [key, xmlContent(member)]));
}

function replacedCharacter(root: string): Note {
  const text = `${root} has U+FFFD in the place of characters that XML cannot contain`;
  return { member: root, outcome: 'replaced', text };
}
