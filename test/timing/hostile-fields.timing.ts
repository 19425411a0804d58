// Guards: addVary in relay-headers.ts, trimmed in node-headers.ts, retry-after.ts, interim-responses.ts; and what the
// function-level costs of hostile-clouds.timing.ts do not reach: Location, the codings, the copy of the header section, the log.
import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { createRandom } from '../promises/random.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { hostileTexts } from '../support/hostile-texts.ts';
import { call } from '../support/http.ts';
import { serverDocument } from '../support/rebuild-call.ts';
import { answerFields } from './clouds/vocabularies.ts';
import { longestTurn } from './longest-turn.ts';
import { mostHeldMs } from './slowest-texts.ts';

/** A longer run: `HOSTILE_TEXTS=2000 HOSTILE_SEED=7`. */
const count = Number(process.env['HOSTILE_TEXTS'] ?? 60);
const seed = Number(process.env['HOSTILE_SEED'] ?? 1);
/** The longest value, in bytes: a header section of undici and node has 16 KiB, and the rest of it is short. */
const most = 15_000;

/** The bytes that the cloud answers to every request. */
let answer: Buffer = Buffer.alloc(0);
const cloud = createServer((socket) => {
  socket.on('error', () => undefined);
  let head = '';
  socket.on('data', (chunk) => {
    head += chunk.toString('latin1');
    if (head.includes('\r\n\r\n')) socket.end(answer);
  });
});
let gateway: TestGateway;
before(async () => {
  await new Promise<void>((resolve) => cloud.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = cloud.address() as AddressInfo;
  gateway = await startTestGateway(`http://127.0.0.1:${port}`, { GATEWAY_UPSTREAM_PROFILE: 'nova' });
});
after(async () => {
  await gateway.stop();
  cloud.close();
});

/** A text as a value of a field: in UTF-8, and without line ends. */
const onOneLine = (text: string): Buffer => Buffer.from(text.replace(/[\r\n\0]/g, 'x'));

function answerWith(status: number, field: string, value: Buffer): Buffer {
  const own = field.toLowerCase() === 'content-type' ? '' : 'Content-Type: application/json\r\n';
  const start = `HTTP/1.1 ${status} X\r\nContent-Length: ${serverDocument.length}\r\n${own}Connection: close\r\n`;
  const [before, after] = [`${start}${field}: `, `\r\n\r\n${serverDocument}`];
  return Buffer.concat([Buffer.from(before), value, Buffer.from(after)]);
}

/** The fields that the gateway reads, rewrites or passes on. */
const names = ['Location', 'Link', 'Content-Location', 'Set-Cookie', 'Content-Type', 'Content-Encoding', 'Vary', 'ETag']
  .concat(['Retry-After', 'WWW-Authenticate', 'Connection', 'Via', 'Warning', 'Transfer-Encoding', 'Trailer'])
  .concat(['X-Compute-Request-Id', 'X-OpenStack-Request-ID', 'OpenStack-API-Version', 'X-Other']);
const statuses = [200, 202, 201, 300, 302, 400, 413];

/** The ways of an answer: translated and forwarded, for callers of XML and of JSON. */
const ways = ['/v2/p/servers/s', '/v2/p/os-undescribed/1'].flatMap((path) =>
  ['application/xml', 'application/json'].map((accept) => ({ path, accept })),
);

async function longestOfWays(): Promise<number> {
  let longest = 0;
  for (const { path, accept } of ways) {
    const ms = await longestTurn(() => call(gateway.url, { method: 'GET', path, headers: { Accept: accept } }));
    longest = Math.max(longest, ms);
  }
  return longest;
}

/** The bytes in front of the status line: interim responses, whole and cut. */
const interim = {
  ...answerFields,
  words: [...answerFields.words, 'HTTP/1.1 100 X\r\n\r\n', 'HTTP/1.1 103 X\r\na: b\r\n', '\r\n'],
};

/** Make a field of each item of a list. */
const repeatedField = (text: string): Buffer =>
  Buffer.from(onOneLine(text).toString('latin1').replaceAll(',', '\r\nX-A: '), 'latin1');
const repeatedLength = 'X-A: a\r\n'.length;

const longOnes: ReadonlySet<string> = new Set(['a header section without an end', 'before the status line']);

const writers: Readonly<Record<string, (text: string, status: number) => Buffer>> = {
  ...Object.fromEntries(
    names.map((name) => [name, (text: string, status: number) => answerWith(status, name, onOneLine(text))]),
  ),
  'one field many times': (text, status) =>
    answerWith(status, 'X-A', repeatedField(text.slice(0, most / repeatedLength))),
  'more fields than are read': (text, status) => answerWith(status, 'X-A', repeatedField(text)),
  'a header section without an end': (text, status) =>
    answerWith(status, 'X-A', Buffer.concat([Buffer.alloc(16_000, 'a'), repeatedField(text)])),
  'before the status line': (text, status) =>
    Buffer.concat([Buffer.from(text), answerWith(status, 'X-A', Buffer.from('b'))]),
};

describe(`no field of an answer holds the event loop (seed ${seed}, ${count} texts of each)`, () => {
  for (const [name, write] of Object.entries(writers)) {
    test(name, async () => {
      const random = createRandom(seed);
      const found: { readonly ms: number; readonly text: string }[] = [];
      for (const text of hostileTexts(name.startsWith('before') ? interim : answerFields, random)) {
        if (found.length === count) break;
        const status = statuses[found.length % statuses.length] ?? 200;
        answer = write(text.write(longOnes.has(name) ? 1_000_000 : most), status);
        found.push({ ms: await longestOfWays(), text: `${status} ${text.name}` });
      }
      const slowest = found.toSorted((a, b) => b.ms - a.ms);
      for (const { ms, text } of slowest.slice(0, 2)) console.log(`# ${ms.toFixed(1)} ms: ${text}`);
      assert.deepEqual(
        slowest.filter(({ ms }) => ms > mostHeldMs),
        [],
      );
    });
  }
});
