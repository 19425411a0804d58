import assert from 'node:assert/strict';
import { test } from 'node:test';
import { releaseMemory } from '../../../src/http/body/release-memory.ts';

test('memory that is one buffer alone is given back at once', () => {
  const bytes = Buffer.allocUnsafeSlow(100_000);
  const { buffer } = bytes;
  releaseMemory(bytes);
  assert.equal(buffer.byteLength, 0);
  assert.equal(bytes.length, 0);
  assert.equal(bytes.toString('latin1'), '');
});

test('what shares its memory stays as it is, and what is small', () => {
  const whole = Buffer.alloc(100_000, 'a');
  const shared = [whole.subarray(0, 50_000), Buffer.from('short'), Buffer.allocUnsafeSlow(1000).fill('b')];
  const before = shared.map((bytes) => bytes.toString('latin1'));
  for (const bytes of shared) releaseMemory(bytes);
  assert.deepEqual(
    shared.map((bytes) => bytes.toString('latin1')),
    before,
  );
  assert.equal(whole.length, 100_000);
});

test('what was given back is nothing to give back again', () => {
  const bytes = Buffer.allocUnsafeSlow(100_000);
  releaseMemory(bytes);
  releaseMemory(bytes);
  assert.equal(bytes.length, 0);
});
