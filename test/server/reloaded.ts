import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { readPrometheus } from '../promises/prometheus-text.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call, type TestRequest } from '../support/http.ts';
import { imageId, projectId, rebuildRequest, serverDocument } from '../support/rebuild-call.ts';

/** Settings as the environment has them. */
export type Settings = Readonly<Record<string, string>>;

/** A cloud that answers each rebuild when it is let. */
export interface Cloud {
  readonly url: string;
  readonly bodies: string[];
  readonly fields: IncomingMessage['headers'][];
  /** The number of its open connections. */
  readonly open: () => number;
  /** Holds answers back until the function that it returns is called. */
  hold(): () => void;
  stop(): Promise<void>;
}

/** Start a cloud that answers everything with 202. */
export async function startCloud(name: string): Promise<Cloud> {
  const bodies: string[] = [];
  const fields: IncomingMessage['headers'][] = [];
  let released = Promise.resolve();
  let open = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    bodies.push(await text(request));
    fields.push(request.headers);
    await released;
    response.writeHead(202, { 'Content-Type': 'application/json', 'X-Cloud': name }).end(serverDocument);
  };
  const server: Server = createServer((request, response) => void answer(request, response));
  server.on('connection', (socket) => {
    open += 1;
    socket.once('close', () => (open -= 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    fields,
    open: () => open,
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      released = promise;
      return resolve;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Play with a gateway in front of a cloud. */
export async function withCloud(
  settings: Settings,
  play: (gateway: TestGateway, cloud: Cloud) => Promise<void>,
): Promise<void> {
  const cloud = await startCloud('first');
  const gateway = await startTestGateway(cloud.url, settings);
  try {
    await play(gateway, cloud);
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

/** Read the first sample of a metric. */
export async function value(
  { adminUrl }: TestGateway,
  name: string,
): Promise<{ value: number; labels: Readonly<Record<string, string>> }> {
  const { body } = await call(adminUrl, { method: 'GET', path: '/metrics' });
  const sample = readPrometheus(body).get(name)?.samples[0];
  assert.ok(sample !== undefined, name);
  return sample;
}

/** A rebuild without anything that a cloud would lose. */
export const rebuild = rebuildRequest('json');
/** A request that is forwarded. */
export const gadget: TestRequest = { method: 'GET', path: `/v2/${projectId}/os-gadgets` };
/** A rebuild of which an ecs cloud does not take two members, and a nova cloud one. */
export const withLostMembers = rebuildRequest(
  'json',
  JSON.stringify({ rebuild: { imageRef: imageId, name: 'n', accessIPv4: '192.0.2.1', preserve_ephemeral: true } }),
);
