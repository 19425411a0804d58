import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long a caller that still sends is listened to after its answer, in milliseconds. */
const lingerMs = 2000;

/** Whether a request has a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
}

/** Whether some of a request is still to come. One without a body is not complete yet when node announces it. */
export function isUnread(request: IncomingMessage): boolean {
  return !request.complete && hasBody(request);
}

/**
 * Ends an answer that was given before the request had been read. The rest of it is read and thrown away for a while, since
 * closing at once would reset the connection, and with it the answer; then the connection closes.
 */
export function endUnread(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  response.write(body);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs);
  request.once('end', end).once('close', end).once('error', end);
  request.resume();
}
