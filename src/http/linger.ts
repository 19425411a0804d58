import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long a caller that still sends is listened to after its answer, in milliseconds. */
const lingerMs = 2000;

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
