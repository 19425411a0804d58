import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { Fault } from '../../src/fault.ts';
import { json } from '../../src/media/json.ts';
import { xml } from '../../src/media/xml.ts';
import { parseExactly } from '../../src/schema/exact-json.ts';
import { isFields } from '../../src/schema/fields.ts';
import { hasOutline } from '../../src/schema/outline.ts';
import { fromDocument, toDocument } from '../../src/schema/json-document.ts';
import { isTooDeep } from '../../src/schema/nesting.ts';
import { secretsOf } from '../../src/schema/redact.ts';
import type { Message } from '../../src/schema/shapes.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { fromClouds, inJson, inXml, valuesOf } from '../laws/arbitrary.ts';
import { freshReading } from '../schema/fresh-reading.ts';
import type { TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer } from '../support/http.ts';
import type { ScriptedCloud } from '../support/scripted-cloud.ts';
import { mutated, mutations } from './mutations.ts';
import { write } from '../support/write.ts';

/** One exchange: what is asked, and what the cloud answers. */
interface Try {
  /** The operation by its index, because a failure prints the whole value. */
  readonly number: number;
  readonly medium: 'xml' | 'json';
  readonly wanted: 'xml' | 'json';
  readonly version: string;
  readonly body: Buffer;
  readonly status: number;
  readonly answer: Buffer;
}

const described: readonly Operation[] = operations;
const operationOf = ({ number }: Try): Operation => {
  const found = described[number];
  assert.ok(found);
  return found;
};
const codecs = { xml, json } as const;
const types = { xml: 'application/xml', json: 'application/json' } as const;
const token = 'canary-token-0f9d1c';
/** Shorter texts may stand anywhere by chance. */
const telling = 12;

const known = new Map<string, fc.Arbitrary<Buffer>>();

/** Documents of a message, with some changes. */
function documents(
  message: Message | undefined,
  medium: 'xml' | 'json',
  from: 'callers' | 'clouds',
): fc.Arbitrary<Buffer> {
  if (message === undefined) return fc.constant(Buffer.alloc(0));
  const key = `${described.findIndex(({ request, answer }) => message === request || message === answer)} ${message.root} ${medium} ${from}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const domain = from === 'clouds' ? fromClouds : medium === 'xml' ? inXml : inJson;
  const fresh = fc
    .tuple(valuesOf(message.content, domain), mutations)
    .map(([value, changes]) => mutated(written(medium, message, value), changes));
  known.set(key, fresh);
  return fresh;
}

/** Write a message: in JSON with every member, in XML with those that the description names. */
function written(medium: 'xml' | 'json', message: Message, value: unknown): Buffer {
  return Buffer.from(
    medium === 'xml' ? write(xml, message, value).document : JSON.stringify(toDocument(message, value)),
  );
}

const media = fc.constantFrom('xml', 'json');

/** Exchanges of every operation. */
export const tries: fc.Arbitrary<Try> = fc
  .tuple(fc.constantFrom(...described.entries()), media, media)
  .chain(([[number, operation], medium, wanted]) =>
    fc.record({
      number: fc.constant(number),
      medium: fc.constant(medium),
      wanted: fc.constant(wanted),
      version: fc.constantFrom('v1.1', 'v2', 'v2', 'v2.1'),
      body: documents(operation.request, medium, 'callers'),
      status: fc.constantFrom(operation.status, operation.status, 200, 400, 409, 500),
      answer: documents(operation.answer, 'json', 'clouds'),
    }),
  );

/** Read a caller's document: the value, or undefined where it is refused as the caller's mistake. */
function readAs(message: Message, medium: 'xml' | 'json', body: Buffer, keepUnknown: boolean): unknown {
  try {
    return codecs[medium].open(body).readAs(message, freshReading({ keepUnknown }));
  } catch (error) {
    assert.ok(error instanceof Fault, `not a fault: ${String(error)}`);
    assert.ok(error.status >= 400 && error.status < 500, `${error.status} for a caller's mistake`);
    return undefined;
  }
}

/** Assert what holds for the codecs, without a gateway. */
export function throughCodecs(given: Try): void {
  const { medium, body, answer } = given;
  const { request, answer: answered } = operationOf(given);
  for (const keepUnknown of medium === 'json' ? [false, true] : [false]) {
    const value = request && readAs(request, medium, body, keepUnknown);
    if (request === undefined || value === undefined) continue;
    const sent = Buffer.from(JSON.stringify(toDocument(request, value)));
    assert.deepEqual(readAs(request, 'json', sent, keepUnknown), value, 'the cloud reads another value');
  }
  const content = answered && contentOf(answered, answer);
  if (answered === undefined || content === undefined) return;
  const { name } = parseXml(Buffer.from(write(xml, answered, content).document));
  if (answered.isRootless !== true) assert.equal(name, answered.root);
  JSON.parse(write(json, answered, content).document);
}

function contentOf(message: Message, answer: Buffer): unknown {
  let document: unknown;
  try {
    document = parseExactly(answer.toString());
  } catch {
    return undefined;
  }
  const content = isFields(document) ? fromDocument(message, document) : undefined;
  return hasOutline(message)(content) && !isTooDeep(content) ? content : undefined;
}

/** Assert what holds for an exchange through a running gateway. */
export async function throughGateway(given: Try, gateway: TestGateway, cloud: ScriptedCloud): Promise<void> {
  const { medium, wanted, version, body, status, answer } = given;
  const operation = operationOf(given);
  const isFault = status >= 400;
  // A cloud that quotes all that it was sent.
  const quoting = { badRequest: { code: status, message: `Invalid input: ${body.toString()} ${token}` } };
  cloud.script({
    status,
    headers: { 'Content-Type': 'application/json' },
    body: isFault ? JSON.stringify(quoting) : answer,
  });
  const received = await call(gateway.url, {
    method: operation.method,
    path: pathOf(operation, version),
    headers: { 'Content-Type': types[medium], Accept: types[wanted], 'X-Auth-Token': token },
    ...(operation.request === undefined ? {} : { body }),
  });
  const sent = cloud.received.splice(0);
  const internal = gateway.log.filter(({ event }) => event === 'internal error');
  assert.deepEqual(internal, []);
  if (sent.length === 0)
    assert.ok(received.status < 500, `${received.status} for a caller's mistake: ${received.body}`);
  if (received.status >= 500)
    assert.ok([502, 503].includes(received.status) || status === received.status, received.body);
  // A request that was streamed unchanged gets the cloud's own words, which may quote it.
  const isStreamed = sent.some(({ body: bytes }) => bytes.equals(body)) && medium === 'json';
  for (const { body: bytes } of isStreamed ? [] : sent) {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text !== '') JSON.parse(text);
  }
  // Only the cloud of this test can quote a body that was never sent.
  const isTold = sent.some(({ body: bytes }) => bytes.length > 0);
  judge(received, given, isTold && !isStreamed);
}

/** Assert that the answer is a document of its type without a secret. */
function judge({ status, headers, body }: TestAnswer, exchange: Try, keepsSecrets: boolean): void {
  const { medium, body: given } = exchange;
  const operation = operationOf(exchange);
  const type = headers['content-type'] ?? '';
  if (status >= 400 && /[/+]xml/.test(type)) parseXml(Buffer.from(body));
  if (status >= 400 && /[/+]json/.test(type)) JSON.parse(body);
  if (status < 300 && /[/+]xml/.test(type)) parseXml(Buffer.from(body));
  if (status < 400 || operation.request === undefined || !keepsSecrets) return;
  const value = readAs(operation.request, medium, given, false);
  const secrets = [token, ...secretsOf(operation.request)(value)];
  const message = wordsOf(type, body);
  for (const secret of secrets) {
    if (secret.length >= telling) assert.ok(!message.includes(secret), 'a fault tells a secret');
  }
}

function wordsOf(type: string, body: string): string {
  if (!/[/+]xml/.test(type))
    return Object.values(JSON.parse(body) as Record<string, { message?: string }>)[0]?.message ?? '';
  return parseXml(Buffer.from(body)).children.find(({ name }) => name === 'message')?.text ?? '';
}

function pathOf({ route, scope }: Operation, version: string): string {
  if (scope === 'service') return '/';
  if (scope === 'version') return `/${version}/`;
  return `/${version}/7459f9935ed2422eb9800fea1d4d9378/${route.replace(/\{\w+\}/g, 'x-1')}`;
}
