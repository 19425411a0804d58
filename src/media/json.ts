import { Fault } from '../fault.ts';
import { parseExactly } from '../schema/exact-json.ts';
import { isFields, type Fields } from '../schema/fields.ts';
import { fromDocument, membersOutside, toDocument } from '../schema/json-document.ts';
import { perMessage } from '../schema/per-message.ts';
import { isTooDeep } from '../schema/nesting.ts';
import { jsonReader } from '../schema/read/read-json.ts';
import { passOverRepeated } from '../schema/read/reading.ts';
import { repeatedKeys } from '../schema/read/repeated-keys.ts';
import { selector } from '../schema/write/select.ts';
import type { Message } from '../schema/shapes.ts';
import { listKeyOf } from '../schema/slices.ts';
import { DocumentPieces } from '../schema/write/document-pieces.ts';
import type { Composer, Document, Written } from '../schema/write/write-xml.ts';
import { actionNameOf } from './action-name.ts';
import type { Codec, ParsedBody } from './codec.ts';

const reader = perMessage((message) => jsonReader(message.content));
const selectorOf = perMessage((message) => selector(message.content));

/** The codec of JSON. A message is an object with one member, whose name is the root. */
export const json: Codec = {
  open: (body) => {
    const text = decode(body);
    const value = parse(text);
    const repeated = repeatedKeys(text, value);
    const readAs: ParsedBody['readAs'] = (message, reading) => {
      const content = isFields(value) ? fromDocument(message, value) : undefined;
      if (content === undefined || !isFields(value)) throw Fault.otherRoot(message);
      if (isTooDeep(content)) throw Fault.malformed('it nests too deep');
      for (const path of repeated) passOverRepeated(path, reading);
      for (const path of membersOutside(message, value)) {
        reading.passedOver.push({ path, because: 'no such member is known' });
      }
      return reader(message)(content, message.isBare === true ? '' : message.root, reading);
    };
    return { action: () => actionNameOf(value), readAs };
  },
  compose,
  writeFault: (fault) => {
    const { title, status, documentedRetryAfter: retryAfter } = fault;
    const retry = retryAfter === undefined ? {} : { retryAfter };
    return JSON.stringify({ [title]: { message: fault.message, code: status, ...retry } });
  },
};

/** Create the composer of a document. The slices of a list are joined by removing the text around the items of each. */
function compose(message: Message, keepsUnknown = false): Composer {
  const select = keepsUnknown ? (slice: unknown) => slice : selectorOf(message);
  const key = listKeyOf(message) ?? '';
  const misshapen = new Set<string>();
  const documentOf = (slice: unknown): unknown => toDocument(message, select(slice, misshapen));
  const print = (slice: unknown): string => JSON.stringify(documentOf(slice));
  const [start, end] = [`{${JSON.stringify(key)}:[`, ']}'];
  const before = new DocumentPieces();
  const written = (document: Document): Written => ({ document, repaired: false, misshapen: [...misshapen] });
  return {
    add: (slice) => {
      before.add(`${print(slice).slice(start.length, -end.length)},`);
    },
    end: (slice) => {
      if (before.isEmpty) return written(print(slice));
      // Print the list and the other members separately: JavaScript moves a numeric key to the start of an object.
      const { [key]: items, ...others } = documentOf(slice) as Fields;
      const last = JSON.stringify({ [key]: items }).slice(start.length, -1);
      const rest = Object.keys(others).length === 0 ? '}' : `,${JSON.stringify(others).slice(1)}`;
      return written(before.between(start, last + rest));
    },
  };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(body: Buffer): string {
  try {
    return decoder.decode(body);
  } catch {
    throw Fault.malformed();
  }
}

function parse(text: string): unknown {
  try {
    return parseExactly(text);
  } catch {
    // Leave out the cause: the parser's message quotes the body, which may hold a password.
    throw Fault.malformed();
  }
}
