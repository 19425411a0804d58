import type { Operation } from '../../compute/operation.ts';
import { Fault } from '../../fault.ts';
import type { ParsedBody } from '../../media/codec.ts';
import { codecFor } from '../../media/codecs.ts';
import { codecOf, readMediaType, type MediaType } from '../../media/media-type.ts';
import { countParts, parsedSize } from '../body/parsed-size.ts';
import { readBody } from '../body/read-body.ts';
import { releaseMemory } from '../body/release-memory.ts';
import { hasBody } from '../body/unread-body.ts';
import type { Reserve } from '../exchange/budget.ts';
import type { Exchange, ReceivedBody } from '../exchange/exchange.ts';
import type { Call } from './router.ts';

/** A request to be translated: its operation, and its parsed body if the operation has one. */
export interface ParsedRequest {
  readonly operation: Operation;
  readonly body: RequestBody | undefined;
}

/** A body that was read and parsed. */
export interface RequestBody {
  readonly parsed: ParsedBody;
  readonly type: MediaType;
  readonly bytes: number;
  /** Free the memory of the bytes; the body cannot be read afterwards. */
  readonly release: () => void;
}

/** The limits of a request body: its size in bytes, the number of its parts, and the reservation of its memory. */
export interface BodyBounds {
  readonly maxBytes: number;
  /** The largest number of elements and attributes, or of members and items, which are read at once. */
  readonly maxParts: number;
  readonly reserve: Reserve;
}

/** The length of the beginning of a too large body that is searched for its first member, in bytes. */
const firstMemberReach = 1024;

/**
 * Read the body of a request and find its operation. Undefined for a JSON action that no operation describes: the body, as
 * far as it was read, stays in the exchange to be forwarded.
 * @throws {Fault} 415 for another media type or a content coding, 413 for a body over the limit, 400 or 404 for a malformed
 *   body, 499 if the caller disconnects, 503 if the budget is exhausted
 */
export async function readRequest(
  exchange: Exchange,
  { operations, sharesRoute }: Call,
  bounds: BodyBounds,
): Promise<ParsedRequest | undefined> {
  const [first] = operations;
  if (first.request === undefined) return withoutBody(exchange, first, bounds);
  // Read the body even if it will be refused: an unread body would force the connection to close.
  const received = await readBody(exchange.request, {
    limit: bounds.maxBytes,
    reserve: bounds.reserve,
    end: exchange.end,
  });
  if (first.request.isOptional === true && received.bytes.length === 0) return { operation: first, body: undefined };
  const type = typeOf(exchange);
  const isUndescribed = (name: string | undefined): boolean =>
    sharesRoute &&
    codecOf[type] === 'json' &&
    name !== undefined &&
    !operations.some(({ request }) => request?.root === name);
  if (!received.isWhole) {
    if (isUndescribed(firstMemberOf(received))) return leaveToForward(exchange, received);
    throw new Fault(413, undefined, { reason: 'body-too-large' });
  }
  const body = parse(received, type, bounds);
  if (!sharesRoute) return { operation: first, body };
  const action = body.parsed.action();
  if (isUndescribed(action)) return leaveToForward(exchange, received);
  return { operation: operationOf(action, operations), body };
}

/** Read and ignore a body that the operation does not need: node refuses a badly framed one before anything is sent. */
async function withoutBody(
  { request, end }: Exchange,
  operation: Operation,
  { maxBytes, reserve }: BodyBounds,
): Promise<ParsedRequest> {
  if (hasBody(request) && !(await readBody(request, { limit: maxBytes, reserve, end })).isWhole) {
    throw new Fault(413, undefined, { reason: 'body-too-large' });
  }
  return { operation, body: undefined };
}

/** Read the media type of the body. @throws {Fault} 415 for another type or a content coding */
function typeOf({ request: { headers } }: Exchange): MediaType {
  const type = readMediaType(headers['content-type']);
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding !== 'identity') {
    const message = 'Unsupported Content-Encoding: the body of a request must not be compressed.';
    throw new Fault(415, message, { reason: 'media-type' });
  }
  if (type === undefined) throw new Fault(415, 'Unsupported Content-Type', { reason: 'media-type' });
  return type;
}

/**
 * Parse a body.
 * @throws {Fault} 413 for too many parts, 400 for a body that is not of its type, 503 if its estimated memory exceeds the budget
 */
function parse({ bytes }: ReceivedBody, type: MediaType, { maxParts, reserve }: BodyBounds): RequestBody {
  const parts = countParts(bytes, codecOf[type], maxParts);
  if (parts > maxParts) throw new Fault(413, undefined, { reason: 'body-too-large' });
  reserve(parsedSize(parts));
  return { parsed: codecFor(type).open(bytes), type, bytes: bytes.length, release: () => releaseMemory(bytes) };
}

function operationOf(action: string, operations: readonly Operation[]): Operation {
  const found = operations.find(({ request }) => request?.root === action);
  if (found !== undefined) return found;
  throw new Fault(400, `There is no such action: ${action}`, { reason: 'unknown-action' });
}

/** Keep the body, as far as it was read, for the request to be forwarded. */
function leaveToForward(exchange: Exchange, received: ReceivedBody): undefined {
  exchange.received = received;
  return undefined;
}

/** Find the name of the first member at the beginning of a JSON body; undefined if it is not there. */
function firstMemberOf({ bytes }: ReceivedBody): string | undefined {
  return /^\s*\{\s*"([^"\\]*)"\s*:/.exec(bytes.toString('utf8', 0, firstMemberReach))?.[1];
}
