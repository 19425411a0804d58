import type { IncomingMessage, ServerResponse } from 'node:http';

/** Tells by the header fields whether a request has a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
}

/** Tells whether part of a body is still to come. Node emits a request without a body before it is `complete`. */
export function isUnread(request: IncomingMessage): boolean {
  return !request.complete && hasBody(request);
}

/**
 * End an answer that was given before its request had been read. The rest of the request is read and discarded for a while:
 * closing at once would reset the connection and lose the answer. Then the connection closes.
 * @param drainMs how long the rest is read, in milliseconds
 */
export function endUnread(request: IncomingMessage, response: ServerResponse, body: Buffer, drainMs: number): void {
  response.write(body);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, drainMs);
  request.once('end', end).once('close', end).once('error', end);
  request.resume();
}
