import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { CloudFault } from './cloud-fault.ts';

/** A request as received; `body` is its text, including a body that Nova would not read. */
export interface ReceivedRequest {
  readonly method: string;
  /** The path with its query, as sent. */
  readonly path: string;
  /** The headers, with names in lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request with the body that Nova reads: none if it is chunked. */
export interface IncomingRequest {
  readonly received: ReceivedRequest;
  /** The id in the header fields of the response, and in the history of a server. */
  readonly id: string;
  readonly bytes: Buffer;
}

/** The longest body in bytes; longer ones are refused with 413. */
export const MAXIMUM_BODY_BYTES = 114_688;

/** Read a whole request. */
export async function receive(message: IncomingMessage): Promise<IncomingRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  const whole = Buffer.concat(chunks);
  const { method = 'GET', url = '/', headers } = message;
  return {
    id: `req-${randomUUID()}`,
    received: { method, path: url, headers, body: whole.toString('utf8') },
    bytes: headers['content-length'] === undefined ? Buffer.alloc(0) : whole,
  };
}

/** Refuse a body above the limit with 413. */
export function refuseLargeBody({ bytes }: IncomingRequest): void {
  if (bytes.length <= MAXIMUM_BODY_BYTES) return;
  throw new CloudFault(
    413,
    `Request is too large. Larger than max_request_body_size (${MAXIMUM_BODY_BYTES}).`,
    'webob',
  );
}

const READABLE_TYPES: ReadonlySet<string> = new Set([
  '',
  'text/plain',
  'application/json',
  'application/vnd.openstack.compute+json',
]);

/** Refuse every Content-Type except JSON, plain text and none with 415, on all methods. */
export function refuseMediaType({ received }: IncomingRequest): void {
  const [type = ''] = (received.headers['content-type'] ?? '').split(';');
  if (!READABLE_TYPES.has(type.trim())) throw new CloudFault(415, 'Unsupported Content-Type');
}

/** Parse a body as JSON in UTF-8 without a byte order mark; throw a 400 for anything else. */
export function parseJsonBody({ bytes }: IncomingRequest): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw malformedBody();
  }
}

/** Create the 400 for a body that names no action. */
export function malformedBody(): CloudFault {
  return new CloudFault(400, 'Malformed request body');
}
