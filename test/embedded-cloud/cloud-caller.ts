import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import type { CloudKind } from '../../examples/embedded-cloud/state/cloud-profiles.ts';
import { type EmbeddedCloud, startEmbeddedCloud } from '../../examples/embedded-cloud/embedded-cloud.ts';

/** The first seeded server. */
export const WEB_1 = 'ea681a24-9b24-4f49-98ef-8e1f73acf19e';

/** An image that a rebuild may name. */
export const IMAGE = '70a599e0-31e7-49b7-b260-868f441e862b';

/** How long a rebuild takes in these tests, by a clock that only a test moves. */
export const REBUILD_MS = 1000;

/** A cloud, and the clock that it lives by. */
export interface Scene {
  readonly cloud: EmbeddedCloud;
  readonly clock: { now: number };
}

/** Starts a cloud for one test, to be closed with it. */
export async function startScene(test: TestContext, kind: CloudKind = 'nova'): Promise<Scene> {
  const clock = { now: Date.parse('2026-01-02T03:04:05Z') };
  const cloud = await startEmbeddedCloud({ kind, rebuildMs: REBUILD_MS, now: () => clock.now });
  test.after(() => cloud.close());
  return { cloud, clock };
}

/** A request; headers are added to a token and Accept: application/json, an undefined one takes them away. */
export interface Question {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** A string or bytes as they are, anything else as JSON. */
  readonly body?: unknown;
  readonly chunked?: boolean;
}

/** What came back; `document` is the body parsed, where it is JSON. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
  readonly document: unknown;
}

/** Sends a request over a real socket. */
export async function send(cloud: EmbeddedCloud, question: Question): Promise<Reply> {
  const { method = 'GET', path, headers = {}, body, chunked = false } = question;
  const bytes = bytesOf(body);
  const defaults = {
    'X-Auth-Token': 'token',
    Accept: 'application/json',
    ...(bytes !== undefined && { 'Content-Type': 'application/json' }),
    ...(bytes !== undefined && !chunked && { 'Content-Length': String(bytes.length) }),
    ...(chunked && { 'Transfer-Encoding': 'chunked' }),
  };
  const merged = Object.entries({ ...defaults, ...headers }).filter((entry) => entry[1] !== undefined);
  const outgoing = request(cloud.url, { method, path, headers: Object.fromEntries(merged), agent: false });
  outgoing.end(bytes);
  const [incoming] = await once(outgoing, 'response');
  const received = await text(incoming);
  return {
    status: incoming.statusCode,
    headers: incoming.headers,
    rawHeaders: incoming.rawHeaders,
    body: received,
    document: parsed(received),
  };
}

/** The path of an action of the first server. */
export function actionPath(cloud: EmbeddedCloud, base = 'v2.1'): string {
  return `/${base}/${cloud.project}/servers/${WEB_1}/action`;
}

/** Rebuilds the first server at 2.`minor`; the members are added to a good imageRef. */
export function rebuild(cloud: EmbeddedCloud, members: object = {}, minor = 1, base = 'v2.1'): Promise<Reply> {
  return send(cloud, {
    method: 'POST',
    path: actionPath(cloud, base),
    headers: { 'OpenStack-API-Version': `compute 2.${minor}` },
    body: { rebuild: { imageRef: IMAGE, ...members } },
  });
}

/** Shows the first server at 2.`minor`. */
export function show(cloud: EmbeddedCloud, minor = 1, base = 'v2.1'): Promise<Reply> {
  return send(cloud, {
    path: `/${base}/${cloud.project}/servers/${WEB_1}`,
    headers: { 'OpenStack-API-Version': `compute 2.${minor}` },
  });
}

/** The object under `server` in an answer. */
export function serverOf({ document }: Reply): Readonly<Record<string, unknown>> {
  const server = at(document, 'server');
  assert.ok(isRecord(server), 'the answer has a server');
  return server;
}

/** The value at a path of member names, undefined where the path ends early. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isRecord(inner) ? inner[name] : undefined), value);
}

/** Asserts a fault of Nova's controllers. */
export function assertFault(reply: Reply, status: number, name: string, message: string | RegExp): void {
  assert.equal(reply.status, status, reply.body);
  assert.equal(reply.headers['content-type'], 'application/json; charset=UTF-8');
  assert.deepEqual(Object.keys(reply.document ?? {}), [name]);
  assert.equal(at(reply.document, name, 'code'), status);
  const told = at(reply.document, name, 'message');
  if (typeof message === 'string') assert.equal(told, message);
  else assert.match(String(told), message);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
