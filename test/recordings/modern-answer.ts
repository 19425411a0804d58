import type { Operation } from '../../src/compute/operation.ts';
import { codecFor } from '../../src/media/codecs.ts';
import type { MediaType } from '../../src/media/media-type.ts';
import { digitsOf, parseExactly } from '../../src/schema/exact-json.ts';
import { isFields } from '../../src/schema/fields.ts';
import { toDocument } from '../../src/schema/json-document.ts';
import type { RawAnswer } from '../support/raw-exchange.ts';
import { readDocument } from '../support/read-document.ts';
import type { ModernAnswer } from './json-only-cloud.ts';

/** The origin of the recorded cloud. */
export const recordedAt = 'http://127.0.0.1:18774';
/** The origin of a modern cloud's links. */
const cloudUrl = 'http://cloud.example.com';

type Document = Readonly<Record<string, unknown>>;

/** The document of a recorded answer, as its operation's description reads it; what it says is kept to the letter. */
export function documentOf({ answer }: Operation, { headers, body }: RawAnswer): Document | undefined {
  if (answer === undefined || body === '') return undefined;
  // A document is an object.
  if (body.startsWith('{')) return parseExactly(body) as Document;
  // Recorded answers have one of the legacy API's media types.
  const codec = codecFor(headers['content-type'] as MediaType);
  const reading = { limits: new Map<string, number>(), unknown: [], passedOver: [], keepUnknown: false };
  // Here, too.
  return toDocument(answer, codec.open(Buffer.from(body)).readAs(answer, reading)) as Document;
}

/** Make a modern cloud's answer from the one of legacy Nova. @param status the cloud's status, if it differs */
export function modernAnswer(operation: Operation, recorded: RawAnswer, status = recorded.status): ModernAnswer {
  const { headers, body } = recorded;
  if (status >= 400) return { status, document: faultOf(headers['content-type'], body, status) };
  const document = recorded.status < 400 ? documentOf(operation, recorded) : undefined;
  const { location } = headers;
  return {
    status,
    ...(document !== undefined && { document: modernize(operation, document) }),
    ...(location !== undefined && { location: atCloud(location) }),
  };
}

function faultOf(type: string | undefined, body: string, status: number): Document {
  const { root, message } = readDocument(type, body);
  return { [root]: { code: status, message } };
}

/** Modern JSON: None is null, links are the cloud's own, and a new server's answer has no metadata. */
function modernize({ name }: Operation, document: Document): Document {
  const revive = (key: string, value: unknown): unknown => {
    if (name === 'createServer' && key === 'metadata') return undefined;
    if (key === 'href' && typeof value === 'string') return atCloud(value);
    return value === 'None' ? null : value;
  };
  return walk(document, revive) as Document;
}

function walk(value: unknown, revive: (key: string, value: unknown) => unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, revive));
  // A number is an object with its digits, and has no members to convert.
  if (!isFields(value) || digitsOf(value) !== undefined) return revive(name, value);
  const entries = Object.entries(value).map(([key, item]) => [key, walk(item, revive, key)] as const);
  return revive(name, Object.fromEntries(entries));
}

function atCloud(link: string): string {
  return link.replace(recordedAt, cloudUrl).replace(`${cloudUrl}/v2/`, `${cloudUrl}/v2.1/`);
}
