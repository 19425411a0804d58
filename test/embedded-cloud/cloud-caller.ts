import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { type EmbeddedCloud, startEmbeddedCloud } from '../../examples/embedded-cloud/embedded-cloud.ts';
import type { CloudKind } from '../../examples/embedded-cloud/state/cloud-profiles.ts';

/** The first seeded server. */
export const WEB_1 = 'ea681a24-9b24-4f49-98ef-8e1f73acf19e';

/** An image of the seed, for rebuilds. */
export const IMAGE = '70a599e0-31e7-49b7-b260-868f441e862b';

/** The duration of a rebuild, by a clock that only the test moves. */
export const REBUILD_MS = 1000;

/** A cloud and its clock. */
export interface Scene {
  readonly cloud: EmbeddedCloud;
  readonly clock: { now: number };
}

/** Start a cloud that is closed when the test ends. */
export async function startScene(test: TestContext, kind: CloudKind = 'nova', requiresLogin = false): Promise<Scene> {
  const clock = { now: Date.parse('2026-01-02T03:04:05Z') };
  const cloud = await startEmbeddedCloud({ kind, requiresLogin, rebuildMs: REBUILD_MS, now: () => clock.now });
  test.after(() => cloud.close());
  return { cloud, clock };
}

/** A request; it has a token and `Accept: application/json` unless `headers` overrides them (undefined removes one). */
export interface Question {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Strings and bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown;
  readonly chunked?: boolean;
}

/** The cloud's response; `document` is the parsed body, undefined unless it is JSON. */
export interface CloudReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
  readonly document: unknown;
}

/** Send a request over a real socket. */
export async function send(cloud: EmbeddedCloud, question: Question): Promise<CloudReply> {
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

/** The path for actions on the first server. */
export function serverActionPath(cloud: EmbeddedCloud, base = 'v2.1'): string {
  return `/${base}/${cloud.project}/servers/${WEB_1}/action`;
}

/** Send an action to the first server. */
export function sendAction(cloud: EmbeddedCloud, question: Omit<Question, 'method' | 'path'>): Promise<CloudReply> {
  return send(cloud, { ...question, method: 'POST', path: serverActionPath(cloud) });
}

/** Rebuild the first server at microversion 2.`minor`, with a valid imageRef unless `members` overrides it. */
export function sendRebuild(cloud: EmbeddedCloud, members: object = {}, minor = 1, base = 'v2.1'): Promise<CloudReply> {
  return send(cloud, {
    method: 'POST',
    path: serverActionPath(cloud, base),
    headers: { 'OpenStack-API-Version': `compute 2.${minor}` },
    body: { rebuild: { imageRef: IMAGE, ...members } },
  });
}

/** Requests the first server at microversion 2.`minor`. */
export function sendShow(cloud: EmbeddedCloud, minor = 1, base = 'v2.1'): Promise<CloudReply> {
  return send(cloud, {
    path: `/${base}/${cloud.project}/servers/${WEB_1}`,
    headers: { 'OpenStack-API-Version': `compute 2.${minor}` },
  });
}

/** The `server` member of a response. */
export function serverOf({ document }: CloudReply): Readonly<Record<string, unknown>> {
  const server = at(document, 'server');
  assert.ok(isRecord(server), 'the answer has a server');
  return server;
}

/** Look up a path of member names; undefined where a member is missing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isRecord(inner) ? inner[name] : undefined), value);
}

/** Assert that a response is a fault of Nova's controllers. */
export function assertFault(reply: CloudReply, status: number, name: string, message: string | RegExp): void {
  assert.equal(reply.status, status, reply.body);
  assert.equal(reply.headers['content-type'], 'application/json; charset=UTF-8');
  assert.deepEqual(Object.keys(reply.document ?? {}), [name]);
  assert.equal(at(reply.document, name, 'code'), status);
  const actual = at(reply.document, name, 'message');
  if (typeof message === 'string') assert.equal(actual, message);
  else assert.match(String(actual), message);
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
