import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ChunkBuffer } from '../../../src/http/body/chunk-buffer.ts';
import { holds } from '../../laws/law.ts';

/** The sizes of pieces: of one byte, as large as what is copied together, and around it. */
const sizes = fc.oneof(
  fc.constantFrom(0, 1, 16_383, 16_384, 16_385),
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: 0, max: 40_000 }),
);

function piecesOf(pieces: readonly Buffer[], expected = 0): ChunkBuffer {
  const all = new ChunkBuffer(expected);
  for (const piece of pieces) all.add(piece);
  return all;
}

/** Differences between the expected and the real size. */
const errors = fc.oneof(fc.constantFrom(0, 0, 1, -1), fc.integer({ min: -40_000, max: 40_000 }));

test('any split of any bytes gives the same whole, and its size, whatever was expected', () => {
  holds(
    600,
    fc.property(fc.array(sizes, { maxLength: 30 }), fc.integer(), errors, (split, seed, error) => {
      const size = split.reduce((sum, length) => sum + length, 0);
      const bytes = Buffer.from(Uint8Array.from({ length: size }, (_, at) => (at * 31 + seed) >> 3));
      let at = 0;
      const all = split.map((length) => bytes.subarray(at, (at += length)));
      for (const expected of [0, Math.max(0, size + error)]) {
        const pieces = piecesOf(all, expected);
        assert.equal(pieces.size, size);
        assert.ok(pieces.whole().equals(bytes));
      }
    }),
  );
});

test('the whole can be asked for in between, and is what came until then', () => {
  const bytes = Buffer.from(Array.from({ length: 300 }, (_, at) => at % 251));
  for (const pieces of [new ChunkBuffer(), new ChunkBuffer(300)]) {
    for (let at = 0; at < bytes.length; at += 1) {
      pieces.add(bytes.subarray(at, at + 1));
      assert.ok(pieces.whole().equals(bytes.subarray(0, at + 1)), String(at));
    }
  }
});

test('until half of what is expected is there, no buffer is made for all of it', () => {
  const pieces = new ChunkBuffer(1_000_000);
  for (const [length, held] of [
    [1, 1],
    [300_000, 300_001],
    [199_998, 499_999],
    [1, 1_000_000],
    [500_000, 1_000_000],
  ] as const) {
    pieces.add(Buffer.alloc(length));
    assert.ok(pieces.whole().buffer.byteLength <= held + 16_384, String(length));
  }
});

test('a sole piece is not copied, whatever its size, and not where there is none', () => {
  for (const size of [1, 100, 16_384, 100_000]) {
    const piece = Buffer.alloc(size, 'x');
    assert.equal(piecesOf([piece]).whole(), piece);
  }
  assert.equal(new ChunkBuffer().whole().length, 0);
});

test('a piece that is copied is what it was when it came: who gave it may write to it again', () => {
  const [first, second] = [Buffer.from('first '), Buffer.from('second')];
  const pieces = piecesOf([first, second]);
  second.fill('-');
  assert.equal(pieces.whole().toString(), 'first second');
});
