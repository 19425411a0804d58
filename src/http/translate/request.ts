import type { Operation } from '../../compute/operation.ts';
import { Fault } from '../../fault.ts';
import type { ParsedBody } from '../../media/codec.ts';
import { codecFor } from '../../media/codecs.ts';
import { codecOf, readMediaType, type MediaType } from '../../media/media-type.ts';
import { parsedSize } from '../body/parsed-size.ts';
import { readBody } from '../body/read-body.ts';
import { releaseMemory } from '../body/release-memory.ts';
import { hasBody } from '../body/unread-body.ts';
import type { Hold } from '../exchange/budget.ts';
import type { Exchange, ReceivedBody } from '../exchange/exchange.ts';
import type { Call } from './router.ts';

/** A request that is translated: its operation, and its parsed body where the operation takes one. */
export interface Arrival {
  readonly operation: Operation;
  readonly body: ArrivedBody | undefined;
}

/** A body that was read and parsed. */
export interface ArrivedBody {
  readonly opened: ParsedBody;
  readonly type: MediaType;
  readonly bytes: number;
  /** Free the memory of the bytes; the body cannot be read afterwards. */
  readonly release: () => void;
}

/** The bounds of a request body: its size in bytes, and the reservation of its memory. */
export interface BodyBounds {
  readonly maxBytes: number;
  readonly hold: Hold;
}

/** How far into a body that is too large its first member is searched, in bytes. */
const firstMemberReach = 1024;

/**
 * Read a request's body and finds its operation. Undefined for a JSON action that no operation describes: what was read of
 * its body is kept in the exchange, for the forwarding road.
 * @throws {Fault} 415 for another media type or a content coding, 413 for a body over the limit, 400 or 404 for one that
 *   cannot be read, 499 where the caller disconnects, 503 where the budget has no room
 */
export async function readRequest(
  exchange: Exchange,
  { operations, sharesRoute }: Call,
  bounds: BodyBounds,
): Promise<Arrival | undefined> {
  const [first] = operations;
  if (first.request === undefined) return withoutBody(exchange, first, bounds);
  // A body is read even if it will be refused: with an unread one the connection would have to be closed.
  const received = await readBody(exchange.request, { limit: bounds.maxBytes, hold: bounds.hold, end: exchange.end });
  if (first.request.isOptional === true && received.bytes.length === 0) return { operation: first, body: undefined };
  const type = typeOf(exchange);
  const isUndescribed = (name: string | undefined): boolean =>
    sharesRoute &&
    codecOf[type] === 'json' &&
    name !== undefined &&
    !operations.some(({ request }) => request?.root === name);
  if (!received.isWhole) {
    if (isUndescribed(firstMemberOf(received))) return forward(exchange, received);
    throw new Fault(413, undefined, { reason: 'body-too-large' });
  }
  const body = parse(received, type, bounds.hold);
  if (!sharesRoute) return { operation: first, body };
  const action = body.opened.action();
  if (isUndescribed(action)) return forward(exchange, received);
  return { operation: operationOf(action, operations), body };
}

/** A body means nothing to the operation, but it must be well framed before anything is sent; node refuses what is not. */
async function withoutBody(
  { request, end }: Exchange,
  operation: Operation,
  { maxBytes, hold }: BodyBounds,
): Promise<Arrival> {
  if (hasBody(request) && !(await readBody(request, { limit: maxBytes, hold, end })).isWhole) {
    throw new Fault(413, undefined, { reason: 'body-too-large' });
  }
  return { operation, body: undefined };
}

/** The media type of the body. @throws {Fault} 415 */
function typeOf({ request: { headers } }: Exchange): MediaType {
  const type = readMediaType(headers['content-type']);
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (type === undefined || encoding !== 'identity')
    throw new Fault(415, 'Unsupported Content-Type', { reason: 'media-type' });
  return type;
}

/** @throws {Fault} 400 for a body that is not of its type, 503 where its estimated memory exceeds the budget */
function parse({ bytes }: ReceivedBody, type: MediaType, hold: Hold): ArrivedBody {
  hold(parsedSize(bytes, codecOf[type]));
  return { opened: codecFor(type).open(bytes), type, bytes: bytes.length, release: () => releaseMemory(bytes) };
}

function operationOf(action: string, operations: readonly Operation[]): Operation {
  const found = operations.find(({ request }) => request?.root === action);
  if (found !== undefined) return found;
  throw new Fault(400, `There is no such action: ${action}`, { reason: 'unknown-action' });
}

function forward(exchange: Exchange, received: ReceivedBody): undefined {
  exchange.received = received;
  return undefined;
}

/** The name of the first member in the beginning of a JSON body; undefined where it cannot be read there. */
function firstMemberOf({ bytes }: ReceivedBody): string | undefined {
  return /^\s*\{\s*"([^"\\]*)"\s*:/.exec(bytes.toString('utf8', 0, firstMemberReach))?.[1];
}
