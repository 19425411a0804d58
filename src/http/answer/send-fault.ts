import { Fault } from '../../fault.ts';
import { codecFor } from '../../media/codecs.ts';
import type { NegotiationInput } from '../../media/negotiate.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { replyTypeOf } from './reply-type.ts';
import { sendText } from './send.ts';

/**
 * Send any error as a fault document in the media type of the answer. If the answer has begun, destroy it instead.
 * @returns the fault
 */
export function sendFault(error: unknown, exchange: Exchange, fallback: NegotiationInput['fallback']): Fault {
  const { request, response, trace } = exchange;
  const fault = Fault.from(error);
  trace.fault = fault.reason;
  const cause = systemCodeOf(fault.cause);
  if (cause !== undefined) trace.cause = cause;
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return fault;
  }
  const type = exchange.replyType ?? replyTypeOf(request, fallback);
  trace.mediaOut = type;
  for (const [name, value] of Object.entries(fault.headers)) response.setHeader(name, value);
  if (fault.retryAfter !== undefined) response.setHeader('Retry-After', fault.retryAfter);
  if (!response.hasHeader('X-Compute-Request-Id')) response.setHeader('X-Compute-Request-Id', trace.id);
  const contentType = fault.isBare ? type : `${type}; charset=UTF-8`;
  sendText(exchange, fault.status, contentType, codecFor(type).writeFault(fault));
  return fault;
}

/** Find the code of the innermost cause that has one. Codes come from node and OpenSSL; messages may quote secrets. */
function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const [first] = error instanceof AggregateError ? error.errors : [];
  const inner = systemCodeOf(error.cause) ?? systemCodeOf(first);
  if (inner !== undefined || !('code' in error)) return inner;
  return /^[A-Z][A-Z0-9_]{1,63}$/.test(String(error.code)) ? String(error.code) : undefined;
}
