import { Fault } from '../fault.ts';
import { isFields } from '../schema/fields.ts';
import { perMessage } from '../schema/per-message.ts';
import { isTooDeep } from '../schema/nesting.ts';
import { jsonReader } from '../schema/read-json.ts';
import { selector } from '../schema/select.ts';
import type { Codec, Opened } from './codec.ts';

const reader = perMessage((message) => jsonReader(message.content));
const selectorOf = perMessage((message) => selector(message.content));

/** Messages in JSON: an object whose only member is named as the root. */
export const json: Codec = {
  open: (body) => {
    const [root, content] = soleMember(parse(body));
    const readAs: Opened['readAs'] = (message, reading) => {
      if (isTooDeep(content)) throw Fault.malformed('it nests too deep');
      return reader(message)(content, message.root, reading);
    };
    return { root, readAs };
  },
  write: (message, value) => ({
    document: JSON.stringify({ [message.root]: selectorOf(message)(value) }),
    repaired: false,
  }),
  writeFault: (fault) => {
    const { title, status, documentedRetryAfter: retryAfter } = fault;
    const retry = retryAfter === undefined ? {} : { retryAfter };
    return JSON.stringify({ [title]: { message: fault.message, code: status, ...retry } });
  },
};

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(decoder.decode(body));
  } catch {
    // The parser's message quotes the body, which may hold a password.
    throw Fault.malformed();
  }
}

/**
 * The one member of the body. What is no such object was judged by its Python length: one thing long is no resource
 * (404), anything else is malformed (400); what has no length is no resource either.
 */
function soleMember(value: unknown): [string, unknown] {
  const entries = isFields(value) ? Object.entries(value) : [];
  const [entry] = entries;
  const length = isFields(value) ? entries.length : pythonLength(value);
  if (entry !== undefined && length === 1) return entry;
  if (length === undefined || length === 1) throw new Fault(404, undefined, { reason: 'no-action' });
  throw Fault.malformed();
}

function pythonLength(value: unknown): number | undefined {
  return typeof value === 'string' || Array.isArray(value) ? Array.from(value).length : undefined;
}
