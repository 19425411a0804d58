import type { IncomingMessage } from 'node:http';
import type { Operation } from '../../compute/operation.ts';
import { Fault } from '../../fault.ts';
import type { ParsedBody } from '../../media/codec.ts';
import { codecFor } from '../../media/codecs.ts';
import { codecOf, readMediaType, type MediaType } from '../../media/media-type.ts';
import type { Hold } from '../exchange/budget.ts';
import type { ExchangeEnd } from '../exchange/end.ts';
import { giveBack } from '../body/release-memory.ts';
import { hasBody } from '../body/unread-body.ts';
import { readBody, type ReadBody } from '../body/read-body.ts';
import { keepForForwarding } from '../body/kept-body.ts';
import type { Call } from './router.ts';
import { weightOf } from '../body/parsed-size.ts';

/** A request that is translated: its operation, and its parsed body with its media type where it has one. */
export interface Arrival {
  readonly operation: Operation;
  readonly body: ArrivedBody | undefined;
}

/** A body that was read and parsed. */
export interface ArrivedBody {
  readonly opened: ParsedBody;
  readonly type: MediaType;
  readonly bytes: number;
  /** Gives its memory back: nothing more can be read of it then. */
  readonly forget: () => void;
}

/** How far into a body that is too large for translation its first member is looked for, in bytes. */
const nameReach = 1024;

/**
 * Reads a request's body and finds its operation. Undefined for a JSON action that no operation describes: what was read
 * of it is kept for the forwarding road.
 * @throws {Fault} 415 for another media type or a content encoding, 413 for a body over the limit, 400 or 404 for one that
 *   cannot be read, 499 where the caller has gone, 503 where too much is held already
 */
export async function arrive(
  request: IncomingMessage,
  call: Call,
  maxBytes: number,
  hold: Hold,
  signal: ExchangeEnd,
): Promise<Arrival | undefined> {
  const { operations, sharesRoute } = call;
  const [first] = operations;
  if (first === undefined) return undefined;
  if (first.request === undefined) {
    // It means nothing, but it must end as HTTP has it before anything is sent: what is broken is refused by node.
    if (hasBody(request) && !(await readBody(request, maxBytes, hold, signal)).isWhole) {
      throw new Fault(413, undefined, { reason: 'body-too-large' });
    }
    return { operation: first, body: undefined };
  }
  // Read even if it will be refused: a connection with an unread body has to be closed.
  const body = await readBody(request, maxBytes, hold, signal);
  // It may end in the same turn as the exchange.
  if (signal.aborted) throw Fault.callerGone();
  if (first.request.isOptional === true && body.bytes.length === 0) return { operation: first, body: undefined };
  const type = readMediaType(request.headers['content-type']);
  const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (type === undefined || encoding !== 'identity')
    throw new Fault(415, 'Unsupported Content-Type', { reason: 'media-type' });
  const isJson = codecOf[type] === 'json';
  if (!body.isWhole) {
    if (sharesRoute && isJson && isUndescribed(body, call)) return pass(request, body);
    throw new Fault(413, undefined, { reason: 'body-too-large' });
  }
  hold(weightOf(body.bytes, codecOf[type]));
  const opened = codecFor(type).open(body.bytes);
  const arrived = { opened, type, bytes: body.bytes.length, forget: () => giveBack(body.bytes) };
  if (!sharesRoute) return { operation: first, body: arrived };
  const action = opened.action();
  const operation = operations.find((candidate) => candidate.request?.root === action);
  if (operation !== undefined) return { operation, body: arrived };
  if (isJson) return pass(request, body);
  throw new Fault(400, `There is no such action: ${action}`, { reason: 'unknown-action' });
}

function pass(request: IncomingMessage, body: ReadBody): undefined {
  keepForForwarding(request, body);
  return undefined;
}

/** Whether the first member of a JSON body that is not whole is plainly no operation's. */
function isUndescribed({ bytes }: ReadBody, { operations }: Call): boolean {
  const name = /^\s*\{\s*"([^"\\]*)"\s*:/.exec(bytes.toString('utf8', 0, nameReach))?.[1];
  return name !== undefined && !operations.some((operation) => operation.request?.root === name);
}
