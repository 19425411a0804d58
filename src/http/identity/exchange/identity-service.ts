import type { IdentityRequest } from '../../../identity/request/login.ts';
import type { CloudAnswer } from '../../../upstream/cloud-answer.ts';
import { decoded } from '../../cloud/content-coding.ts';
import type { CloudPool } from '../../cloud/connect/cloud-pool.ts';
import { upstreamPrefix } from '../../cloud/cloud.ts';
import { sendTraced, spansTo } from '../../cloud/cloud-span.ts';
import { originFields } from '../../cloud/forwarding-fields.ts';
import { cloudIdOf } from '../../cloud/header-fields.ts';
import { via } from '../../cloud/via.ts';
import { reserveFor, type Budget } from '../../exchange/budget.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { startCloudTime, stopCloudTime } from '../../exchange/trace.ts';

/**
 * The function that asks the identity service, once: a login counts towards a lockout, so it is never sent again.
 * @throws {Fault} 503 if nothing was sent; 504 without an answer, 502 for an unreadable one
 */
export type AskIdentity = (request: IdentityRequest, exchange: Exchange) => Promise<CloudAnswer>;

/** The limits of an answer of the identity service. */
export interface IdentityBounds {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly answers: Budget;
}

/** The fields of the caller that the identity service gets: those by which its operators find the request. */
const passedOn = ['user-agent', 'x-openstack-request-id', 'traceparent', 'tracestate'] as const;

/**
 * Create the client of the identity service. It sends to the origin of its pool only, and follows no redirect: a password
 * goes to one place. @param url the URL of the service up to `/v3`
 */
export function createIdentityService(pool: CloudPool, url: string, limits: IdentityBounds): AskIdentity {
  const prefix = upstreamPrefix(url);
  return async ({ method, path, headers: own, body }, exchange) => {
    const { trace, end, span } = exchange;
    const bytes = body === undefined ? null : Buffer.from(JSON.stringify(body));
    const headers = { ...headersFor(exchange, bytes), ...own };
    const bounds = {
      end,
      timeoutMs: limits.timeoutMs,
      maxBytes: limits.maxBytes,
      reserve: reserveFor(end, limits.answers),
    };
    startCloudTime(trace);
    try {
      const sent = await sendTraced(
        spansTo(url, span),
        pool,
        { method, path: prefix + path, headers, body: bytes },
        bounds,
      );
      trace.cloudStatus = sent.status;
      const answer = await decoded(sent, bounds);
      trace.cloudId = cloudIdOf(answer.headers);
      return answer;
    } finally {
      stopCloudTime(trace);
    }
  };
}

function headersFor(exchange: Exchange, body: Buffer | null): Record<string, string | string[]> {
  const given = exchange.request.headers;
  const headers: Record<string, string | string[]> = {
    accept: 'application/json',
    'accept-encoding': 'identity',
    via: via(given),
    ...originFields(exchange),
  };
  for (const name of passedOn) {
    const value = given[name];
    if (value !== undefined) headers[name] = value;
  }
  if (body !== null) {
    headers['content-type'] = 'application/json';
    headers['content-length'] = String(body.length);
  }
  return headers;
}
