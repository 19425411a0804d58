import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTestGateway, type TestGateway } from './gateway.ts';

/** A cloud whose every answer a test writes itself. */
export interface LiveCloud {
  readonly url: string;
  readonly received: IncomingMessage[];
  stop(): Promise<void>;
}

/** Start a cloud with a handler for its requests. */
export async function startLiveCloud(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<LiveCloud> {
  const received: IncomingMessage[] = [];
  // Legacy Nova took headers of this size.
  const server = createServer({ maxHeaderSize: 131_072 }, (request, response) => {
    received.push(request);
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Play with a cloud and the gateway in front of it, and end both. */
export async function between(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  play: (gateway: TestGateway, cloud: LiveCloud) => Promise<void>,
  settings: Readonly<Record<string, string>> = {},
  path = '',
): Promise<void> {
  const cloud = await startLiveCloud(handle);
  const gateway = await startTestGateway(cloud.url + path, settings);
  try {
    await play(gateway, cloud);
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

/** Read the rest of a message. */
export async function drained(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Open a request whose body a test writes itself. */
export function open(
  url: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string | string[]>> = {},
): { outgoing: ReturnType<typeof httpRequest>; answer: Promise<IncomingMessage> } {
  const outgoing = httpRequest(new URL(url), { method, path, headers, agent: false });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve).once('error', reject);
  });
  return { outgoing, answer };
}
