import type { Answer } from '../../http/answer.ts';
import type { IncomingRequest } from '../../http/received-request.ts';
import { pythonJson } from '../../python/json.ts';
import type { IdentityState } from '../accounts/identity-state.ts';
import { expecting } from './identity-fault.ts';

/** A request to the identity service after routing. */
export interface KeystoneCall {
  readonly identity: IdentityState;
  readonly incoming: IncomingRequest;
  /** The URL of the API as the caller named it, such as `http://127.0.0.1:5000/v3`. */
  readonly base: string;
  readonly query: URLSearchParams;
  /** The members of the body; none without a body. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The user id in the path, where the route has one. */
  readonly userId: string;
}

/** Read a header field of a call; empty if it is absent. */
export function headerOf({ incoming }: KeystoneCall, name: string): string {
  return String(incoming.received.headers[name] ?? '');
}

/** Create a response with a JSON document in the spelling of Keystone. */
export function identityAnswer(status: number, document: unknown, end = ''): Answer {
  return { status, headers: { 'Content-Type': 'application/json' }, body: pythonJson(document) + end };
}

/** Read a body, which must be a JSON object; throw a 400 for any other media type, JSON or not. */
export function readIdentityBody({ received, bytes }: IncomingRequest): Readonly<Record<string, unknown>> {
  if (bytes.length === 0) return {};
  const [type = ''] = (received.headers['content-type'] ?? '').split(';');
  if (!JSON_TYPE.test(type.trim())) throw expecting('application/json', 'Content-Type header');
  const document = parsed(bytes);
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw expecting('valid JSON', 'request body');
  }
  return Object.fromEntries(Object.entries(document));
}

const JSON_TYPE = /^(?:application\/(?:json|[^/]+\+json))$/i;

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
