import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Received } from '../support/scripted-cloud.ts';
import { action, allMetadata, changedServer, newServer, oneMetadata } from './modern-bodies.ts';
import { mistakes, type Schema } from './modern-schema.ts';

/** The cloud's answer to a request that it understands. */
export interface ModernAnswer {
  readonly status: number;
  readonly document?: Readonly<Record<string, unknown>>;
  readonly location?: string;
}

/** A cloud that accepts only what modern Nova accepts: JSON, below /v2.1, with a microversion. */
export interface JsonOnlyCloud {
  readonly url: string;
  readonly received: Received[];
  /** The requests that it has refused since the last call of `tell`, with the reasons. */
  readonly refusals: readonly string[];
  /** Set the answer of all further requests. */
  tell(answer: ModernAnswer): void;
  stop(): Promise<void>;
}

/** A refusal: its status, and what was wrong. */
type Refusal = readonly [status: number, message: string];

const id = '[-0-9a-f]{36}';

/** The routes of a modern cloud below the project, with the schemas of their bodies. */
const routes: readonly {
  readonly method: string;
  readonly path: RegExp;
  readonly body?: (sent: unknown, version: number) => Schema | undefined;
}[] = [
  { method: 'GET', path: /^\/servers(?:\/detail)?$/ },
  { method: 'GET', path: new RegExp(`^/servers/${id}(?:/ips|/metadata)?$`) },
  { method: 'GET', path: /^\/(?:flavors|images)(?:\/detail)?$/ },
  { method: 'GET', path: /^\/(?:limits|extensions)$/ },
  { method: 'DELETE', path: new RegExp(`^/servers/${id}$`) },
  { method: 'DELETE', path: new RegExp(`^/servers/${id}/metadata/[^/]+$`) },
  { method: 'POST', path: /^\/servers$/, body: () => newServer },
  { method: 'PUT', path: new RegExp(`^/servers/${id}$`), body: () => changedServer },
  { method: 'POST', path: new RegExp(`^/servers/${id}/metadata$`), body: () => allMetadata },
  { method: 'PUT', path: new RegExp(`^/servers/${id}/metadata$`), body: () => allMetadata },
  { method: 'PUT', path: new RegExp(`^/servers/${id}/metadata/[^/]+$`), body: () => oneMetadata },
  {
    method: 'POST',
    path: new RegExp(`^/servers/${id}/action$`),
    body: (sent, version) => action(Object.keys(sent ?? {}).join(), version),
  },
];

/** Start such a cloud on a free port. */
export async function startJsonOnlyCloud(): Promise<JsonOnlyCloud> {
  const received: Received[] = [];
  const refusals: string[] = [];
  let told: ModernAnswer = { status: 500 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body: Buffer.concat(chunks) };
      received.push(one);
      const version = versionOf(headers);
      const refusal = refuse(one, version);
      if (refusal !== undefined) refusals.push(`${method} ${path}: ${refusal[1]}`);
      const { status, document, location } = refusal === undefined ? inTurn(told, method, version) : asFault(refusal);
      response.writeHead(status, {
        'OpenStack-API-Version': `compute 2.${version}`,
        Vary: 'OpenStack-API-Version',
        ...(status !== 204 && { 'Content-Type': 'application/json' }),
        ...(location !== undefined && { Location: location }),
      });
      response.end(document === undefined ? undefined : JSON.stringify(document));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    refusals,
    tell: (answer) => {
      told = answer;
      received.length = 0;
      refusals.length = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The minor part of the microversion that is asked for; NaN for none. */
function versionOf(headers: IncomingHttpHeaders): number {
  return Number(/^compute 2\.(\d+)$/.exec(String(headers['openstack-api-version']))?.[1] ?? Number.NaN);
}

/** Find the reason for which modern Nova would refuse a request; undefined if it accepts it. */
function refuse({ method, path, headers, body }: Received, version: number): Refusal | undefined {
  const [, below = ''] = /^\/v2\.1\/[0-9a-f-]+(\/[^?]*)(?:\?.*)?$/.exec(path) ?? [];
  const route = routes.find((candidate) => candidate.method === method && candidate.path.test(below));
  if (route === undefined) return [404, 'there is no such route'];
  if (!(version >= 1)) return [400, 'no microversion is asked for'];
  if (headers.accept !== 'application/json') return [406, `${headers.accept} is asked for`];
  if (headers['x-auth-token'] === undefined) return [401, 'there is no token'];
  if (headers['transfer-encoding'] !== undefined) return [400, 'a chunked body is not read'];
  if (route.body === undefined) return body.length === 0 ? undefined : [400, 'there is a body'];
  if (headers['content-type'] !== 'application/json') return [415, `${headers['content-type']} is unsupported`];
  if (headers['content-length'] !== String(body.length)) return [400, 'the length is not told'];
  const sent = parse(body);
  const schema = route.body(sent, version);
  if (schema === undefined) return [400, 'there is no such action'];
  const [mistake] = mistakes(schema, sent, 'body');
  return mistake === undefined ? undefined : [400, mistake];
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function asFault([status, message]: Refusal): ModernAnswer {
  return { status, document: { computeFault: { code: status, message } } };
}

/** Convert an answer to a microversion: a read is always 200, and from 2.47 on a server's flavor has no id. */
function inTurn(told: ModernAnswer, method: string, version: number): ModernAnswer {
  const { status, document, location } = told;
  if (document === undefined || status >= 400) return told;
  const { server } = document;
  const shown =
    version >= 47 && typeof server === 'object'
      ? { ...document, server: { ...server, flavor: { vcpus: 1, ram: 512, original_name: 'm1.tiny' } } }
      : document;
  return method === 'GET'
    ? { status: 200, document: shown }
    : { status, document: shown, ...(location && { location }) };
}
