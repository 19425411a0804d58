import type { IncomingHttpHeaders } from 'node:http';
import type { Operation } from '../../compute/operation.ts';
import type { Config } from '../../config/settings.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { requestedVersion, versionHeaders, versionText, type Microversion } from '../../upstream/microversion.ts';
import type { Budget } from '../exchange/budget.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { conditionFields, contentFields, endToEnd, framingFields } from './header-fields.ts';
import type { CloudContact } from './contact.ts';
import { originFields, replaceForwardingFields } from './forwarding-fields.ts';
import type { CloudPool } from './connect/cloud-pool.ts';
import { sendForExchange, type Service } from './send-for-exchange.ts';
import { via } from './via.ts';

/** A request of the gateway to the cloud on behalf of a caller. */
export interface CloudRequest {
  readonly method: Operation['method'];
  /** The path from `/v2.1` on. */
  readonly path: string;
  readonly body: Buffer | null;
  /** The microversion; undefined keeps the caller's own header fields. */
  readonly microversion: Microversion | undefined;
}

/** A client that sends a request of an exchange to the cloud, once. @throws {Fault} 502, 503 or 504 without a usable answer */
export type Cloud = (request: CloudRequest, exchange: Exchange) => Promise<CloudAnswer>;

const replaced = new Set([...contentFields, ...framingFields, 'host', 'accept', 'accept-encoding', 'via']);
const conditions = [...conditionFields, 'range'];

/** The caller's fields that are not sent, by the origin of the microversion and the effect of the request. */
const withheld = {
  caller: { changing: replaced, reading: new Set([...replaced, ...conditions]) },
  gateway: {
    changing: new Set([...replaced, ...versionHeaders]),
    reading: new Set([...replaced, ...versionHeaders, ...conditions]),
  },
} as const;

/** The header fields that authenticate a caller. */
const credentials = ['x-auth-token', 'x-service-token', 'x-subject-token', 'authorization', 'cookie'];

/** Create the client of the cloud for translated requests: whole messages in JSON with the caller's end-to-end fields. */
export function createCloud(
  pool: CloudPool,
  { url, answerTimeoutMs, answerMaxBytes }: Config['upstream'],
  answers: Budget,
  contact: CloudContact,
): Cloud {
  const prefix = upstreamPrefix(url);
  const service: Service = { pool, timeoutMs: answerTimeoutMs, maxBytes: answerMaxBytes, answers };
  return async (request, exchange) => {
    const { method, path, body } = request;
    const { trace, end, span } = exchange;
    const whole = { method, path: prefix + path, headers: headersFor(exchange, request), body };
    try {
      return await sendForExchange(exchange, service, whole, span, contact.answered);
    } catch (error) {
      if (trace.cloudStatus === undefined) contact.failed(error, end);
      throw error;
    }
  };
}

/** Return the path before the version at the cloud, without a trailing slash; '' for none. */
export function upstreamPrefix(url: string): string {
  return new URL(url).pathname.replace(/\/+$/, '');
}

/** Read the microversion that the caller asks for. */
export function callersVersion(headers: IncomingHttpHeaders): Microversion | undefined {
  const [newer, older] = versionHeaders.map((name) => headers[name]?.toString());
  return requestedVersion(newer, older);
}

/** Collect the caller's credentials, which the message of a fault must not quote. */
export function credentialsOf(headers: IncomingHttpHeaders): string[] {
  return credentials.flatMap((name) => headers[name] ?? []);
}

function headersFor(
  exchange: Exchange,
  { method, microversion, body }: CloudRequest,
): Record<string, string | string[]> {
  const caller = exchange.request.headers;
  const except = withheld[microversion === undefined ? 'caller' : 'gateway'][method === 'GET' ? 'reading' : 'changing'];
  const headers = endToEnd(caller, except);
  headers['accept'] = 'application/json';
  headers['accept-encoding'] = 'identity';
  headers['via'] = via(caller);
  replaceForwardingFields(headers, originFields(exchange));
  if (body !== null) {
    headers['content-type'] = 'application/json';
    headers['content-length'] = String(body.length);
  }
  if (microversion !== undefined) {
    const [newer, older] = versionHeaders;
    headers[newer] = `compute ${versionText(microversion)}`;
    headers[older] = versionText(microversion);
  }
  return headers;
}
