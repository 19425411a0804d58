import type { Request, Response } from 'express';
import { holding, type Budget } from '../exchange/budget.ts';
import { endOf } from '../exchange/deadline.ts';
import { readBody } from '../body/read-body.ts';
import { keepForForwarding, keptBody } from '../body/kept-body.ts';

/** Up to which length a body is read before it is sent, in bytes. */
const longestWhole = 65_536;
/** How long a body may take to come whole, in milliseconds; what takes longer is streamed. */
const patienceMs = 10;

/** The methods, besides GET, whose requests undici frames as node does; a GET only without a body, even of no length. */
const bodied: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * The body of a request that is sent whole, null for none; undefined for one that is streamed, or whose exchange has ended.
 * What was read of a body that is streamed is kept for that.
 * @throws {Fault} 499 where the caller goes meanwhile
 */
export function wholeBody(
  request: Request,
  response: Response,
  budget: Budget,
): Promise<Buffer | undefined> | Buffer | null | undefined {
  const { method, headers } = request;
  const kept = keptBody(request);
  if (kept !== undefined) return kept.isWhole && bodied.has(method) ? kept.bytes : undefined;
  if (headers['transfer-encoding'] !== undefined) return undefined;
  const length = headers['content-length'];
  if (method === 'GET') return length === undefined ? null : undefined;
  if (!bodied.has(method)) return undefined;
  const bytes = Number(length ?? 0);
  if (bytes === 0) return null;
  if (bytes > longestWhole || budget.held + bytes > budget.most) return undefined;
  holding(response, budget)(bytes);
  return readAtOnce(request, response);
}

async function readAtOnce(request: Request, response: Response): Promise<Buffer | undefined> {
  const end = endOf(response);
  try {
    const body = await readBody(request, longestWhole, () => undefined, end, patienceMs);
    if (body.isWhole) return body.bytes;
    if (body.bytes.length > 0) keepForForwarding(request, body);
  } catch (error) {
    // Whatever ended it has answered.
    if (!end.aborted) throw error;
  }
  return undefined;
}
