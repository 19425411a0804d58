import type { OutgoingHttpHeaders } from 'node:http';
import type { Response } from 'express';
import type { Document } from '../../schema/write/write-xml.ts';
import { endUnread, isUnread } from '../body/unread-body.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { atEndOfTurn } from './end-of-turn.ts';
import { inTimeSlices } from './document/time-slices.ts';

/**
 * Send a document. Between the pieces of a long one, other exchanges are served.
 * @param type the exact Content-Type, which legacy Nova wrote without a charset on success
 */
export async function sendDocument(
  exchange: Exchange,
  status: number,
  type: string,
  document: Document,
): Promise<void> {
  if (typeof document === 'string') return sendText(exchange, status, type, document);
  const { response, times } = exchange;
  const bytes = document.reduce((sum, { length }) => sum + length, 0);
  const isEarly = writeHead(exchange, status, bytes, { 'Content-Type': type, 'Content-Length': bytes });
  if (isEarly) return endUnread(exchange, Buffer.concat(document));
  await inTimeSlices(document, times.timeSliceMs, (piece) => {
    if (!response.destroyed) response.write(piece);
  });
  if (!response.destroyed) response.end();
  return undefined;
}

/** Send a document that is one text. */
export function sendText(exchange: Exchange, status: number, type: string, document: string): void {
  const bytes = Buffer.byteLength(document);
  const isEarly = writeHead(exchange, status, bytes, { 'Content-Type': type, 'Content-Length': bytes });
  // Node sends a string and the header section in one write. The string is written in latin1, so only ASCII may be one.
  finish(exchange, isEarly, bytes === document.length ? document : Buffer.from(document));
}

/** Send an answer without a body. */
export function sendEmpty(exchange: Exchange, status: number): void {
  const isEarly = writeHead(exchange, status, 0, bodiless.has(status) ? {} : { 'Content-Length': 0 });
  finish(exchange, isEarly, '');
}

/** Statuses that never have a body, so that they need no length. */
const bodiless: ReadonlySet<number> = new Set([204, 304]);

/** Write the header section. @returns true for an early answer: one that is sent before its request has been read */
function writeHead(
  { request, response, trace }: Exchange,
  status: number,
  bytes: number,
  headers: OutgoingHttpHeaders,
): boolean {
  trace.bytesOut = bytes;
  varyByAccept(response);
  const isEarly = isUnread(request);
  if (isEarly) response.setHeader('Connection', 'close');
  response.writeHead(status, headers);
  return isEarly;
}

/** End an answer at the end of the turn, unless its response has been destroyed by then. */
function finish(exchange: Exchange, isEarly: boolean, body: string | Buffer): void {
  if (isEarly) {
    endUnread(exchange, typeof body === 'string' ? Buffer.from(body) : body);
    return;
  }
  const { response } = exchange;
  atEndOfTurn(() => {
    if (!response.destroyed) response.end(body, 'latin1');
  });
}

/**
 * Add Accept to Vary, because the media type depends on it. Express's `vary` parses the field, so use it only if one is set.
 * An answer that no cache may store needs none.
 */
function varyByAccept(response: Response): void {
  if (response.getHeader('Cache-Control') === 'no-store') return;
  if (response.hasHeader('Vary')) response.vary('Accept');
  else response.setHeader('Vary', 'Accept');
}
