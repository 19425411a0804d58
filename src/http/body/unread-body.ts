import type { IncomingMessage, ServerResponse } from 'node:http';
import { markClosing } from '../exchange/closing-connection.ts';

/** Check by its header fields that a request has a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
}

/** Check that part of a body has not arrived yet. Without a body, node emits a request before it is `complete`. */
export function isUnread(request: IncomingMessage): boolean {
  return !request.complete && hasBody(request);
}

/**
 * Send the body of an answer to a request that has not been read completely. Before the answer ends and the connection
 * closes, the rest of the request is read and discarded for a while: closing at once would reset the connection, and the
 * caller could lose the answer.
 * @param drainMs the time limit for reading the rest, in milliseconds
 */
export function endUnread(request: IncomingMessage, response: ServerResponse, body: Buffer, drainMs: number): void {
  markClosing(request.socket);
  response.write(body);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, drainMs);
  request.once('end', end).once('close', end).once('error', end);
  request.resume();
}
