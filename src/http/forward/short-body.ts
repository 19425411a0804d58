import { fixedLimits } from '../../config/fixed-limits.ts';
import { readBody } from '../body/read-body.ts';
import { reserveFor, type Budget } from '../exchange/budget.ts';
import type { Exchange } from '../exchange/exchange.ts';

/** The way to send a request: whole, with its body or null for none, or streamed. */
export type Sending = { readonly isWhole: true; readonly body: Buffer | null } | { readonly isWhole: false };

const streamed: Sending = { isWhole: false };
const withoutBody: Sending = { isWhole: true, body: null };

const { shortBodyBytes, shortBodyWaitMs } = fixedLimits;

/** The methods besides GET whose requests undici frames as node does. A GET qualifies only without a Content-Length. */
const bodied: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Choose the way to send a request. A short body is read so that it can be sent whole. If the request must be streamed
 * nevertheless, the part that was read stays in the exchange.
 * @throws {Fault} 499 if the caller disconnects
 */
export async function chooseSending(exchange: Exchange, budget: Budget): Promise<Sending> {
  const { request, received, end } = exchange;
  const { method, headers } = request;
  if (received !== undefined)
    return received.isWhole && bodied.has(method) ? { isWhole: true, body: received.bytes } : streamed;
  if (headers['transfer-encoding'] !== undefined) {
    if (method === 'DELETE') await readFirst(exchange, budget);
    return streamed;
  }
  const length = headers['content-length'];
  if (method === 'GET') return length === undefined ? withoutBody : streamed;
  if (!bodied.has(method)) return streamed;
  const bytes = Number(length ?? 0);
  if (bytes === 0) return withoutBody;
  if (bytes > shortBodyBytes || budget.held + bytes > budget.most) return streamed;
  reserveFor(end, budget)(bytes);
  const body = await readBody(request, {
    limit: shortBodyBytes,
    reserve: () => undefined,
    end,
    timeoutMs: shortBodyWaitMs,
  });
  if (body.isWhole) return { isWhole: true, body: body.bytes };
  if (body.bytes.length > 0) exchange.received = body;
  return streamed;
}

/**
 * Read the body of a DELETE in chunks before anything is sent. Nova reads no chunked body, and deletes as soon as it has the
 * header section: if a later chunk is broken, the caller is told that the request is not valid HTTP.
 */
async function readFirst(exchange: Exchange, budget: Budget): Promise<void> {
  const { request, end } = exchange;
  exchange.received = await readBody(request, { limit: shortBodyBytes, reserve: reserveFor(end, budget), end });
}
