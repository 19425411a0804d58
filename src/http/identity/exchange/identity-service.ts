import type { IdentityRequest } from '../../../identity/request/login.ts';
import type { CloudAnswer } from '../../../upstream/cloud-answer.ts';
import { upstreamPrefix } from '../../cloud/cloud.ts';
import { spansTo } from '../../cloud/cloud-span.ts';
import { originFields } from '../../cloud/forwarding-fields.ts';
import { sendForExchange, type Service } from '../../cloud/send-for-exchange.ts';
import { via } from '../../cloud/via.ts';
import type { Exchange } from '../../exchange/exchange.ts';

/**
 * The function that asks the identity service, once: a login counts towards a lockout, so it is never sent again.
 * @throws {Fault} 503 if nothing was sent; 504 without an answer, 502 for an unreadable one
 */
export type AskIdentity = (request: IdentityRequest, exchange: Exchange) => Promise<CloudAnswer>;

/** The fields of the caller that the identity service gets: those by which its operators find the request. */
const passedOn = ['user-agent', 'x-openstack-request-id', 'traceparent', 'tracestate'] as const;

/**
 * Create the client of the identity service. It sends to the origin of its pool only, and follows no redirect: a password
 * goes to one place. @param url the URL of the service up to `/v3`
 */
export function createIdentityService(service: Service, url: string): AskIdentity {
  const prefix = upstreamPrefix(url);
  return ({ method, path, headers: own, body: content }, exchange) => {
    const body = content === undefined ? null : Buffer.from(JSON.stringify(content));
    const headers = { ...headersFor(exchange, body), ...own };
    const request = { method, path: prefix + path, headers, body };
    return sendForExchange(exchange, service, request, spansTo(url, exchange.span));
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
