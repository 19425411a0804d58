import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { pieceByPiece } from '../../../src/http/forward/read/piece-by-piece.ts';
import type { StreamedAnswer } from '../../../src/http/forward/read/streamed-answer.ts';

const head = { status: 200, reason: 'OK', headers: {} };
const kibibytes = (count: number): Buffer => Buffer.from(Array.from({ length: count * 1024 }, (_, n) => n % 251));

interface Received {
  readonly chunks: Buffer[];
  isEnded: boolean;
}

function receive(answer: StreamedAnswer): Received {
  const received: Received = { chunks: [], isEnded: false };
  answer.pipe({
    chunk: (chunk) => void received.chunks.push(chunk),
    end: () => (received.isEnded = true),
    fail: (error) => assert.fail(error),
  });
  return received;
}

describe('a body in memory is delivered like one from a socket', () => {
  test('a short one at once, so that it can be looked at before it has a receiver', async () => {
    const body = Buffer.from('{"a":1}');
    const answer = pieceByPiece(head, body);
    assert.deepEqual(await answer.peek(() => true), body);
    const { chunks, isEnded } = receive(answer);
    assert.deepEqual([chunks, isEnded], [[body], true]);
  });

  test('an empty one at once', () => {
    const { chunks, isEnded } = receive(pieceByPiece(head, Buffer.alloc(0)));
    assert.deepEqual([Buffer.concat(chunks).length, isEnded], [0, true]);
  });

  test('a long one in pieces of 64 KiB, one in each turn of the event loop, and only to a receiver', async () => {
    const body = kibibytes(200);
    const answer = pieceByPiece(head, body);
    await turn();
    const received = receive(answer);
    assert.equal(received.chunks.length, 1);
    for (let pieces = 2; pieces <= 4; pieces += 1) {
      assert.equal(received.isEnded, false);
      await turn();
      assert.equal(received.chunks.length, pieces);
    }
    assert.equal(received.isEnded, true);
    assert.ok(Buffer.concat(received.chunks).equals(body));
  });

  test('it waits while the receiver pauses', async () => {
    const answer = pieceByPiece(head, kibibytes(130));
    const received = receive(answer);
    answer.pause();
    for (let n = 0; n < 5; n += 1) await turn();
    assert.equal(received.chunks.length, 1);
    answer.resume();
    for (let n = 0; n < 5; n += 1) await turn();
    assert.deepEqual([received.chunks.length, received.isEnded], [3, true]);
  });

  test('nothing is delivered after its end by the receiver', async () => {
    const answer = pieceByPiece(head, kibibytes(200));
    const received = receive(answer);
    answer.destroy();
    for (let n = 0; n < 5; n += 1) await turn();
    assert.deepEqual([received.chunks.length, received.isEnded], [1, false]);
  });
});
