import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HeadPieces } from '../../../src/http/cloud/connect/head-pieces.ts';

const head = (length: number): string => `${'a: b\r\n'.repeat(length).slice(0, length - 4)}\r\n\r\n`;

/** List the lengths of the pieces of what is received in chunks. */
function lengthsOf(chunks: readonly string[]): number[] {
  const pieces = new HeadPieces({ destroyed: false });
  pieces.begin();
  const found: Buffer[] = [];
  for (const chunk of chunks) {
    let piece = pieces.handOver(Buffer.from(chunk));
    for (; piece !== null; piece = pieces.hasRest ? pieces.next() : null) found.push(piece);
  }
  assert.equal(Buffer.concat(found).toString(), chunks.join(''));
  return found.map(({ length }) => length);
}

describe('a header section is handed over in pieces of 4 KiB, and a body as it comes', () => {
  const body = 'x'.repeat(50_000);
  const cases: Readonly<Record<string, readonly [chunks: readonly string[], lengths: readonly number[]]>> = {
    'a short one with its body': [[head(4096) + body], [54_096]],
    'a long one with its body': [[head(10_000) + body], [4096, 4096, 51_808]],
    'one that ends in two pieces': [[head(4098) + body], [4096, 50_002]],
    'one that ends in two chunks': [
      [head(4000).slice(0, -2), `\r\n${body}`, body],
      [3998, 50_002, 50_000],
    ],
    'one that begins in an earlier chunk': [
      [head(5000).slice(0, 100), head(5000).slice(100), body],
      [100, 4096, 804, 50_000],
    ],
    'one without an end': [
      ['a'.repeat(9000), 'b'.repeat(5000)],
      [4096, 4096, 808, 4096, 904],
    ],
  };
  for (const [what, [chunks, lengths]] of Object.entries(cases)) {
    test(what, () => assert.deepEqual(lengthsOf(chunks), lengths));
  }

  test('nothing more after an error of the parser', () => {
    const socket = { destroyed: false };
    const pieces = new HeadPieces(socket);
    pieces.begin();
    assert.equal(pieces.handOver(Buffer.from('a'.repeat(9000)))?.length, 4096);
    socket.destroyed = true;
    assert.equal(pieces.next(), null);
    assert.equal(pieces.hasRest, false);
  });
});
