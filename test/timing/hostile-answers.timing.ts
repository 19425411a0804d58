// Guards: src/http/answer/apart/, mostInSlice in read-slices.ts, faultBytes in fixed-limits.ts, document-pieces.ts, map-of.ts,
// piece-by-piece.ts.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { startGatewayApart, type GatewayApart } from '../promises/gateway-apart.ts';
import { createRandom } from '../promises/random.ts';
import { hostileTexts } from '../support/hostile-texts.ts';
import { call } from '../support/http.ts';
import { answerWords, type Road, roads } from './hostile-answers.ts';
import { measured } from './measured.ts';
import { mostHeldMs } from './slowest-texts.ts';

/**
 * A real gateway in a process of its own, before a cloud that answers with what chance composes of the words of answers, as long
 * as an answer may be. For longer: HOSTILE_ANSWERS=200 HOSTILE_SEED=7.
 */
const count = Number(process.env['HOSTILE_ANSWERS'] ?? 4);
const seed = Number(process.env['HOSTILE_SEED'] ?? 20_261_130);
const bytes = Number(process.env['HOSTILE_BYTES'] ?? 16_700_000);

/** The answer of the cloud to every request. */
let answer: { readonly status: number; readonly body: Buffer; readonly coding: string } = {
  status: 200,
  body: Buffer.alloc(0),
  coding: 'identity',
};
const cloud = createServer((_, response) => {
  const { status, body, coding } = answer;
  const headers = { 'Content-Type': 'application/json', 'Content-Encoding': coding, 'Content-Length': body.length };
  response.writeHead(status, headers).end(body);
});
let gateway: GatewayApart;

before(async () => {
  await new Promise<void>((resolve) => cloud.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = cloud.address() as AddressInfo;
  gateway = await startGatewayApart(`http://127.0.0.1:${port}`, { GATEWAY_UPSTREAM_PROFILE: 'nova' });
});
after(async () => {
  await gateway.stop();
  cloud.closeAllConnections();
  cloud.close();
});

/** Play an answer on a road. @returns the longest time for which the event loop was held, in milliseconds */
async function held({ method, path, accept }: Road): Promise<number> {
  await gateway.held();
  // A password of two letters is a secret that a fault may quote at each place.
  const headers = { Accept: accept, 'X-Auth-Token': 'ab' };
  const { status } = await call(gateway.url, { method, path, headers });
  assert.ok(status < 600);
  return gateway.held();
}

const fill = (make: (n: number) => string): string => {
  const parts: string[] = [];
  for (let length = 200, n = 0; length < bytes; n += 1) {
    const part = make(n);
    parts.push(part);
    length += part.length + 1;
  }
  return parts.slice(1).join(',');
};

/** The answers of attacks that once worked. */
const known: Readonly<Record<string, readonly [status: number, make: () => string]>> = {
  '400,000 metadata': [200, () => `{"server":{"metadata":{${fill((n) => `"key ${n}":"value ${n} of many"`)}}}}`],
  '300,000 links': [200, () => `{"server":{"links":[${fill((n) => `{"rel":"self","href":"http://c/v2/s/${n}"}`)}]}}`],
  'addresses in an array': [200, () => `{"server":{"addresses":[${fill(() => '{"addr":"a"}')}]}}`],
  'links that are passed on': [200, () => `{"things":[${fill(() => '{"href":"http://a/v2.1"}')}]}`],
  '16 million brackets': [200, () => '['.repeat(bytes)],
  'a list of tiny items': [200, () => `{"servers":[${fill(() => '{}')}]}`],
  'a fault that quotes a short password': [400, () => `{"badRequest":{"message":"${'ab '.repeat(bytes / 3 - 20)}"}}`],
  'a fault of brackets': [400, () => '['.repeat(bytes)],
};

/** The codings of answers: none, and one that nobody asked for, which is undone before anything is read. */
const codings = ['identity', 'gzip'] as const;
const encoded = (body: Buffer, coding: string): Buffer => (coding === 'gzip' ? gzipSync(body) : body);

describe('no answer of a cloud holds the event loop', () => {
  for (const [what, [status, make]] of Object.entries(known)) {
    measured(what, async (context) => {
      const body = Buffer.from(make());
      for (const coding of codings) {
        answer = { status, body: encoded(body, coding), coding };
        await playAll(`${what} in ${coding}`, (line) => context.diagnostic(`${coding}: ${line}`));
      }
    });
  }

  test('whatever chance composes', async (context) => {
    const random = createRandom(seed);
    const slowest: { ms: number; line: string }[] = [];
    let left = count;
    for (const text of shuffledStart(random)) {
      if (left === 0) break;
      left -= 1;
      const status = random.weighed({ 200: 6, 400: 2, 300: 1, 202: 1 });
      const coding = random.weighed({ identity: 3, gzip: 1 });
      const body = encoded(Buffer.from(text.write(bytes)).subarray(0, bytes), coding);
      answer = { status: Number(status), body, coding };
      const ms = await playAgain();
      slowest.push({ ms, line: `${ms.toFixed(0)} ms: ${status} ${text.name}` });
      assert.ok(ms <= mostHeldMs, `seed ${seed}: ${status} ${text.name} holds the event loop for ${ms.toFixed(0)} ms`);
    }
    for (const { line } of slowest.toSorted((a, b) => b.ms - a.ms).slice(0, 5)) context.diagnostic(line);
  });
});

async function playAll(what: string, report: (line: string) => void): Promise<void> {
  for (const road of roads) {
    const ms = await held(road);
    report(`${road.path} ${road.accept}: ${ms.toFixed(0)} ms`);
    assert.ok(ms <= mostHeldMs, `${what}: ${road.path} as ${road.accept} holds the event loop for ${ms.toFixed(0)} ms`);
  }
}

/** Play an answer on all roads; again where it takes too long, because noise goes away and a defect does not. */
async function playAgain(): Promise<number> {
  let longest = 0;
  for (const road of roads) {
    let ms = await held(road);
    for (let n = 0; n < 2 && ms > mostHeldMs; n += 1) ms = Math.min(ms, await held(road));
    longest = Math.max(longest, ms);
  }
  return longest;
}

/** Skip the systematic texts by chance, so that each seed begins with others. */
function* shuffledStart(random: ReturnType<typeof createRandom>): ReturnType<typeof hostileTexts> {
  for (const text of hostileTexts(answerWords, random)) if (random.between(0, 40) === 0) yield text;
  throw new Error('hostile texts do not end');
}
