import type { OutgoingHttpHeaders } from 'node:http';
import type { Request, Response } from 'express';
import { Fault } from '../../fault.ts';
import { codecFor } from '../../media/codecs.ts';
import { readMediaType, type MediaType } from '../../media/media-type.ts';
import { negotiate, type Wish } from '../../media/negotiate.ts';
import type { Document } from '../../schema/write/write-xml.ts';
import { atLeisure } from './time-slices.ts';
import { atTurnsEnd } from './end-of-turn.ts';
import { endUnread, isUnread } from '../body/unread-body.ts';
import { traceOf } from '../exchange/trace.ts';

const pathSuffix = /\.(xml|json)$/;

/** The media type that a request's answer will be in, whatever the answer is. */
export function replyTypeOf(request: Request, fallback: Wish['fallback']): MediaType {
  return negotiate(wishOf(request, fallback));
}

/** What a caller says of the type of its answer. */
export function wishOf(request: Request, fallback: Wish['fallback']): Wish {
  return {
    // The expression allows these two only.
    suffix: pathSuffix.exec(request.path)?.[1] as Wish['suffix'],
    accept: request.headers.accept,
    own: readMediaType(request.headers['content-type']),
    fallback,
  };
}

/** Sends a document; `type` is the exact Content-Type, which legacy Nova wrote without a charset on success. */
export function sendDocument(response: Response, status: number, type: string, document: string): void {
  const bytes = Buffer.byteLength(document);
  const isEarly = begin(response, status, bytes, { 'Content-Type': type, 'Content-Length': bytes });
  // All ASCII: as a text it leaves with the head in one piece, which must not be written as UTF-8.
  finish(response, isEarly, bytes === document.length ? document : Buffer.from(document));
}

/** Sends a long document, too, so that other callers do not wait for it. */
export async function sendAtLeisure(
  response: Response,
  status: number,
  type: string,
  document: Document,
): Promise<void> {
  if (typeof document === 'string') return sendDocument(response, status, type, document);
  const bytes = document.reduce((sum, { length }) => sum + length, 0);
  const isEarly = begin(response, status, bytes, { 'Content-Type': type, 'Content-Length': bytes });
  if (isEarly) return endUnread(response.req, response, Buffer.concat(document));
  await atLeisure(document, (piece) => {
    if (!response.destroyed) response.write(piece);
  });
  if (!response.destroyed) response.end();
  return undefined;
}

/** Sends an answer that has no document, and so no type. */
export function sendEmpty(response: Response, status: number): void {
  const isEarly = begin(response, status, 0, bodiless.has(status) ? {} : { 'Content-Length': 0 });
  finish(response, isEarly, '');
}

/** Makes the head of an answer; tells whether it is early: given before its request has been read. */
function begin(response: Response, status: number, bytes: number, headers: OutgoingHttpHeaders): boolean {
  traceOf(response).bytesOut = bytes;
  varyByAccept(response);
  const isEarly = isUnread(response.req);
  if (isEarly) response.setHeader('Connection', 'close');
  response.writeHead(status, headers);
  return isEarly;
}
/** Ends an answer whose head is made, at the turn's end. Until then its exchange may have been broken off. */
function finish(response: Response, isEarly: boolean, body: string | Buffer): void {
  if (isEarly) {
    endUnread(response.req, response, typeof body === 'string' ? Buffer.from(body) : body);
    return;
  }
  atTurnsEnd(() => {
    if (!response.destroyed) response.end(body, 'latin1');
  });
}

/** The type of every answer of ours depends on Accept. */
function varyByAccept(response: Response): void {
  if (response.hasHeader('Vary')) response.vary('Accept');
  else response.setHeader('Vary', 'Accept');
}

/** What says by itself that there is no body. */
const bodiless: ReadonlySet<number> = new Set([204, 304]);

/** The code of the innermost error that has one: a word of node's or of openssl's, and nothing of a message. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const [first] = error instanceof AggregateError ? error.errors : [];
  const inner = codeOf(error.cause) ?? codeOf(first);
  if (inner !== undefined || !('code' in error)) return inner;
  return /^[A-Z][A-Z0-9_]{1,63}$/.test(String(error.code)) ? String(error.code) : undefined;
}

/** Sends whatever was thrown as a fault document, in the type of the reply; what has been begun is broken off instead. */
export function sendFault(error: unknown, request: Request, response: Response, fallback: Wish['fallback']): Fault {
  const fault = Fault.from(error);
  const trace = traceOf(response);
  trace.fault = fault.reason;
  const cause = codeOf(fault.cause);
  if (cause !== undefined) trace.cause = cause;
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return fault;
  }
  const type = replyTypeOf(request, fallback);
  trace.mediaOut = type;
  for (const [name, value] of Object.entries(fault.headers)) response.setHeader(name, value);
  if (fault.retryAfter !== undefined) response.setHeader('Retry-After', fault.retryAfter);
  if (!response.hasHeader('X-Compute-Request-Id')) response.setHeader('X-Compute-Request-Id', trace.id);
  sendDocument(
    response,
    fault.status,
    fault.isBare ? type : `${type}; charset=UTF-8`,
    codecFor(type).writeFault(fault),
  );
  return fault;
}
