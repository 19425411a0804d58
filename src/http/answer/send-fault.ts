import { causeCodeOf, Fault } from '../../fault.ts';
import { codecFor } from '../../media/codecs.ts';
import type { NegotiationInput } from '../../media/negotiate.ts';
import type { Exchange, FaultDocument } from '../exchange/exchange.ts';
import { announceRetirement } from '../exchange/rules/announce-retirement.ts';
import { replyTypeOf } from './reply-type.ts';
import { sendText } from './send.ts';

/** The methods that change nothing at the cloud (RFC 9110, 9.2.1). */
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);
/** The longest path of a member in the log, in characters: the keys of maps in it are the caller's. */
const longestMember = 200;

/**
 * Send any error as a fault document in the media type of the answer. If the answer has begun, destroy it instead.
 * @returns the fault
 */
export function sendFault(error: unknown, exchange: Exchange, fallback: NegotiationInput['fallback']): Fault {
  const { request, response, trace } = exchange;
  const given = Fault.from(error);
  const fault = safeMethods.has(request.method) ? given.forReading() : given;
  trace.fault = fault.reason;
  const cause = causeCodeOf(fault.cause);
  if (cause !== undefined) trace.cause = cause;
  if (fault.member !== undefined) trace.member = fault.member.slice(0, longestMember);
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return fault;
  }
  announceRetirement(exchange);
  if (exchange.ownFault !== undefined) return sendOwn(exchange, fault, exchange.ownFault(fault));
  const type = replyTypeOf(exchange, fallback);
  trace.mediaOut = type;
  for (const [name, value] of Object.entries(fault.headers)) response.setHeader(name, value);
  if (fault.retryAfter !== undefined) response.setHeader('Retry-After', fault.retryAfter);
  if (!response.hasHeader('X-Compute-Request-Id')) response.setHeader('X-Compute-Request-Id', trace.id);
  const contentType = fault.isBare ? type : `${type}; charset=UTF-8`;
  sendText(exchange, fault.status, contentType, codecFor(type).writeFault(fault));
  return fault;
}

/** Send a fault as a document of another API than compute. */
function sendOwn(exchange: Exchange, fault: Fault, { text, contentType, headers }: FaultDocument): Fault {
  exchange.trace.mediaOut = contentType;
  exchange.response.setHeaders(new Map(Object.entries(headers)));
  sendText(exchange, fault.status, contentType, text);
  return fault;
}
