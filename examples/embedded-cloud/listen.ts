import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { Answer } from './http/answer.ts';
import { type IncomingRequest, receive } from './http/received-request.ts';

/** A running listener on 127.0.0.1. */
export interface Listener {
  /** The URL without a trailing slash, such as `http://127.0.0.1:8774`. */
  readonly url: string;
  /** Stops listening and closes all connections. */
  close(): Promise<void>;
}

/** Listen on a port, where 0 selects a free one, and respond to each request when it is complete. */
export async function listenOn(port: number, answer: (incoming: IncomingRequest) => Answer): Promise<Listener> {
  const http = createServer((message, response) => void serve(answer, message, response));
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${listening}`,
    async close() {
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeAllConnections();
      await closed;
    },
  };
}

async function serve(
  answer: (incoming: IncomingRequest) => Answer,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    write(response, answer(await receive(message)));
  } catch {
    // The client disconnected before the request was complete, so no response can be sent.
    response.destroy();
  }
}

function write(response: ServerResponse, { status, headers, body }: Answer): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.statusCode = status;
  response.end(body);
}
