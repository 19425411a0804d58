import type { IncomingHttpHeaders } from 'node:http';
import type { Request } from 'express';
import type { Config } from '../../config/settings.ts';
import type { Exchange } from '../cloud/pool.ts';
import type { Journey } from './journey.ts';
import { WholePassing } from './undici-handler.ts';

/** What is needed to pass requests on whole. */
export interface Passage {
  readonly exchange: Exchange;
  readonly config: Config;
  /** What the path of the upstream URL and a path become together. */
  readonly pathOf: (path: string) => string;
}

/**
 * Sends a request whole, once, and passes its answer back as it comes. False where it cannot be sent so now, and nothing
 * was sent.
 * @param otherwise called where it cannot be sent so at all, and nothing was sent
 */
export function passWhole(
  request: Request,
  body: Buffer | null,
  journey: Journey,
  { exchange, config, pathOf }: Passage,
  otherwise: () => Promise<void>,
): boolean {
  const { method, url } = request;
  const headers = headersFor(request.headers, method, body);
  return exchange.pass(
    { method, path: pathOf(url), headers, body },
    (leave) => new WholePassing(journey, config, leave, otherwise),
  );
}

/** The caller's headers, of which undici writes some itself. */
function headersFor(
  given: IncomingHttpHeaders,
  method: string,
  body: Buffer | null,
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const name in given) {
    const value = given[name];
    if (value !== undefined && name !== 'host' && !framing.has(name)) headers[name] = value;
  }
  if (method !== 'GET') headers['content-length'] = String(body?.length ?? 0);
  return headers;
}

const framing: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding']);
