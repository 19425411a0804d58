import type { IncomingMessage } from 'node:http';
import type { Exchange } from '../exchange/exchange.ts';

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
 */
export function endUnread({ request, response, connection, times }: Exchange, body: Buffer): void {
  connection.isClosing = true;
  response.write(body);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, times.unreadBodyMs);
  request.once('end', end).once('close', end).once('error', end);
  request.resume();
}
