// Guards: `endsInChunks` of forward/answer.ts, answer-head.ts (what has no body), the `upgrade` listener of
// by-proxy.ts, and that a cloud's connection ends with what was thrown of its answer.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTestGateway } from '../support/gateway.ts';
import { answering, httpAnswer, startRawCloud, type RawCloud, type Step } from '../support/raw-cloud.ts';
import { inTime } from '../support/in-time.ts';
import { speak } from './hostile-wire.ts';
import { readAll, type Whole } from './read-whole.ts';

const forwarded = '/v2/p/os-gadgets';
const translated = '/v2/p/servers/s';
/** A request without a length is sent whole, one with a length is streamed. */
const get = (path: string, framing = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: h\r\nAccept: application/json\r\n${framing}\r\n`;
const streamed = 'Content-Length: 0\r\n';
const inCoding = (coding: string, body: string): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: ${coding}\r\n\r\n${body}`;
const second = 'the second answer';

/**
 * Ask twice on one connection, of which the cloud answers the first so, and read what comes back strictly: the same
 * whether the requests are sent whole or streamed.
 */
async function askTwice(script: readonly Step[]): Promise<readonly Whole[]> {
  const answers = await askTwiceAs(script, '');
  const others = await askTwiceAs(script, streamed);
  assert.deepEqual(others.map(statusAndBody), answers.map(statusAndBody));
  return answers;
}

const statusAndBody = ({ status, body }: Whole): unknown[] => [status, body];

async function askTwiceAs(script: readonly Step[], framing: string): Promise<readonly Whole[]> {
  const cloud = await startRawCloud(script, answering(httpAnswer(200, second)));
  const gateway = await startTestGateway(cloud.url);
  try {
    const { text } = await speak(gateway.url, get(forwarded, framing) + get(`${forwarded}/2`, framing), 2);
    const answers = readAll(Buffer.from(text, 'latin1'));
    await inTime(closed(cloud), 'a connection to the cloud stays open');
    return answers;
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

function closed(cloud: RawCloud): Promise<void> {
  return cloud.until(() => cloud.connections.every((connection) => connection.isClosed()));
}

describe('a forwarded answer whose end cannot be told to the caller is 502, and no other runs into it', () => {
  for (const coding of [
    'gzip',
    'identity',
    'xchunked',
    'chunkedx',
    'chunked, gzip',
    'gzip, xchunked',
    'chunked, chunked',
  ]) {
    for (const how of ['ends with its connection', 'does not end'] as const) {
      test(`one in ${coding} that ${how}`, async () => {
        const answers = await askTwice([
          { kind: 'read' },
          { kind: 'write', bytes: inCoding(coding, 'first') },
          how === 'does not end' ? { kind: 'silent' } : { kind: 'close' },
        ]);
        assert.deepEqual(
          answers.map(({ status }) => status),
          [502, 200],
        );
        assert.match(answers[0]?.body ?? '', /broke off or cannot be read\./);
        assert.equal(answers[1]?.body, second);
      });
    }
  }

  for (const coding of ['chunked', 'Chunked', 'gzip, chunked', 'gzip ,deflate,\tchunked']) {
    test(`but one in ${coding} ends with its chunks, and passes`, async () => {
      const answers = await askTwice(answering(inCoding(coding, '5\r\nfirst\r\n0\r\n\r\n')));
      assert.deepEqual(
        answers.map(({ status, body }) => [status, body]),
        [
          [200, 'first'],
          [200, second],
        ],
      );
    });
  }
});

describe('a forwarded answer that can have no body has none, and says so', () => {
  for (const [what, said] of Object.entries({
    'a length': 'Content-Length: 5\r\n\r\n',
    'a length and a body': 'Content-Length: 5\r\n\r\nhello',
    chunks: 'Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  })) {
    test(`a 204 with ${what}`, async () => {
      const answers = await askTwice(answering(`HTTP/1.1 204 Gone\r\nX-A: b\r\n${said}`));
      const [first, next] = answers;
      assert.deepEqual([first?.status, first?.headers.get('x-a'), next?.body], [204, 'b', second]);
      assert.equal(first?.headers.get('content-length'), undefined);
      assert.equal(first?.headers.get('transfer-encoding'), undefined);
    });
  }
});

const choices = `HTTP/1.1 300 Many\r\nContent-Type: text/plain\r\n`;
const long = 'x'.repeat(262_145);

// Holds `isWhole` of short-answer.ts: the head of what cannot be read must not go on without its body.
describe('choices that are too long to be read, or break off, are 502, and no other answer runs into them', () => {
  for (const [what, said] of Object.entries({
    'too long': `Content-Length: ${long.length}\r\n\r\n${long}`,
    'too long, in chunks': `Transfer-Encoding: chunked\r\n\r\n${long.length.toString(16)}\r\n${long}\r\n0\r\n\r\n`,
    'broken off': 'Content-Length: 90\r\n\r\nhalf',
    'broken off in chunks': 'Transfer-Encoding: chunked\r\n\r\n9\r\nhalf',
  })) {
    test(what, async () => {
      const answers = await askTwice(answering(`${choices}${said}`));
      assert.deepEqual(
        answers.map(({ status }) => status),
        [502, 200],
      );
      assert.equal(answers[1]?.body, second);
    });
  }

  test('but those without a body pass', async () => {
    const answers = await askTwice(answering(`${choices}Content-Length: 0\r\n\r\n`));
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body]),
      [
        [300, ''],
        [200, second],
      ],
    );
  });
});

describe('a cloud that changes the protocol unasked is 502 or 504, and no connection to it stays open', () => {
  for (const [road, asking] of Object.entries({
    forwarding: get(forwarded),
    streaming: get(forwarded, streamed),
    translating: get(translated),
  })) {
    test(`on the ${road} road`, async () => {
      const cloud = await startRawCloud([
        { kind: 'read' },
        { kind: 'write', bytes: 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n' },
        { kind: 'silent' },
      ]);
      const gateway = await startTestGateway(cloud.url);
      try {
        for (let n = 0; n < 5; n += 1) {
          const { statuses } = await speak(gateway.url, asking);
          assert.ok([502, 504].includes(statuses[0] ?? 0), String(statuses));
        }
        assert.equal(cloud.connections.length, 5);
        await inTime(closed(cloud), 'a connection to the cloud stays open');
      } finally {
        await gateway.stop();
        await cloud.stop();
      }
    });
  }
});
