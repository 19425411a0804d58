import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { Answer } from './http/answer.ts';
import { type ReceivedRequest, receive } from './http/received-request.ts';
import { answerRequest } from './router.ts';
import { type CloudKind, PROFILES } from './state/cloud-profiles.ts';
import type { CloudState } from './state/cloud-state.ts';
import { PROJECT } from './state/seed-data.ts';
import { seedImages, seedKeyPairs, seedServers } from './state/seed.ts';
import type { ServerRecord } from './state/server-record.ts';

/** The options of an embedded cloud. */
export interface EmbeddedCloudOptions {
  readonly kind: CloudKind;
  /** 0, the default, selects a free port. */
  readonly port?: number;
  /** The duration of a rebuild in milliseconds; 1500 by default. */
  readonly rebuildMs?: number;
  /** Returns the time in milliseconds since 1970; tests pass their own clock so that they need not wait. */
  readonly now?: () => number;
  /** Called with each request before it is answered. */
  readonly onRequest?: (request: ReceivedRequest) => void;
}

/** A running cloud on 127.0.0.1. */
export interface EmbeddedCloud {
  /** The URL without a trailing slash, such as `http://127.0.0.1:8774`. */
  readonly url: string;
  /** The live records of the seed's servers; tests may read and change them without a request. */
  readonly servers: readonly ServerRecord[];
  /** The ids of the seed's images. */
  readonly images: readonly string[];
  /** The names of the seed's key pairs. */
  readonly keyPairs: readonly string[];
  readonly project: string;
  /** All requests so far, in the order in which their bodies were complete. */
  readonly received: readonly ReceivedRequest[];
  /** Stops listening and closes all connections. */
  close(): Promise<void>;
}

const DEFAULT_REBUILD_MS = 1500;

/** Start a modern cloud with the servers, images and key pairs of the seed; every token is valid. */
export async function startEmbeddedCloud(options: EmbeddedCloudOptions): Promise<EmbeddedCloud> {
  const { kind, port = 0, rebuildMs = DEFAULT_REBUILD_MS, now = Date.now, onRequest } = options;
  const profile = PROFILES[kind];
  const servers = seedServers(profile);
  const images = seedImages();
  const keyPairs = seedKeyPairs();
  const cloud: CloudState = {
    profile,
    servers: new Map(servers.map((server) => [server.id, server])),
    images: new Map(images.map((image) => [image.id, image])),
    keyPairs: new Map(keyPairs.map((pair) => [pair.name, pair])),
    rebuildMs,
    now,
  };
  const received: ReceivedRequest[] = [];
  const record = (request: ReceivedRequest): void => {
    received.push(request);
    onRequest?.(request);
  };
  const http = createServer((message, response) => void serve(cloud, record, message, response));
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${listening}`,
    servers,
    images: images.map(({ id }) => id),
    keyPairs: keyPairs.map(({ name }) => name),
    project: PROJECT,
    received,
    async close() {
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeAllConnections();
      await closed;
    },
  };
}

async function serve(
  cloud: CloudState,
  record: (request: ReceivedRequest) => void,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const incoming = await receive(message);
    record(incoming.received);
    write(response, answerRequest(cloud, incoming));
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
