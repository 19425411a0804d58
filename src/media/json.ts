import { Fault } from '../fault.ts';
import { parseExactly } from '../schema/exact-json.ts';
import { isFields, type Fields } from '../schema/fields.ts';
import { fromDocument, toDocument } from '../schema/json-document.ts';
import { perMessage } from '../schema/per-message.ts';
import { isTooDeep } from '../schema/nesting.ts';
import { jsonReader } from '../schema/read/read-json.ts';
import { selector } from '../schema/select.ts';
import type { Message } from '../schema/shapes.ts';
import { listKeyOf } from '../schema/slices.ts';
import { around, type Composer } from '../schema/write/write-xml.ts';
import type { Codec, Opened } from './codec.ts';

const reader = perMessage((message) => jsonReader(message.content));
const selectorOf = perMessage((message) => selector(message.content));

/** Messages in JSON: an object whose member is named as the root. */
export const json: Codec = {
  open: (body) => {
    const value = parse(body);
    const readAs: Opened['readAs'] = (message, reading) => {
      const content = isFields(value) ? fromDocument(message, value) : undefined;
      if (content === undefined) throw Fault.otherRoot(message);
      if (isTooDeep(content)) throw Fault.malformed('it nests too deep');
      return reader(message)(content, message.isBare === true ? '' : message.root, reading);
    };
    return { action: () => soleMember(value), readAs };
  },
  compose,
  writeFault: (fault) => {
    const { title, status, documentedRetryAfter: retryAfter } = fault;
    const retry = retryAfter === undefined ? {} : { retryAfter };
    return JSON.stringify({ [title]: { message: fault.message, code: status, ...retry } });
  },
};

/** Slices of a list are joined as the texts of their items. */
function compose(message: Message, keepsUnknown = false): Composer {
  const select = keepsUnknown ? (slice: unknown) => slice : selectorOf(message);
  const key = listKeyOf(message) ?? '';
  const documentOf = (slice: unknown): unknown => toDocument(message, select(slice));
  const print = (slice: unknown): string => JSON.stringify(documentOf(slice));
  const [start, end] = [`{${JSON.stringify(key)}:[`, ']}'];
  const before: Buffer[] = [];
  return {
    add: (slice) => {
      before.push(Buffer.from(`${print(slice).slice(start.length, -end.length)},`));
    },
    end: (slice) => {
      if (before.length === 0) return { document: print(slice), repaired: false };
      // A key that is a number comes first in whatever object it is.
      const { [key]: items, ...others } = documentOf(slice) as Fields;
      const last = JSON.stringify({ [key]: items }).slice(start.length, -1);
      const rest = Object.keys(others).length === 0 ? '}' : `,${JSON.stringify(others).slice(1)}`;
      return { document: around(before, start, last + rest), repaired: false };
    },
  };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parse(body: Buffer): unknown {
  try {
    return parseExactly(decoder.decode(body));
  } catch {
    // The parser's message quotes the body, which may hold a password.
    throw Fault.malformed();
  }
}

/**
 * The one member of the body. What is no such object was judged by its Python length: one thing long is no resource
 * (404), anything else is malformed (400); what has no length is no resource either.
 */
function soleMember(value: unknown): string {
  const names = isFields(value) ? Object.keys(value) : [];
  const [name] = names;
  const length = isFields(value) ? names.length : pythonLength(value);
  if (name !== undefined && length === 1) return name;
  if (length === undefined || length === 1) throw new Fault(404, undefined, { reason: 'no-action' });
  throw Fault.malformed();
}

function pythonLength(value: unknown): number | undefined {
  return typeof value === 'string' || Array.isArray(value) ? Array.from(value).length : undefined;
}
