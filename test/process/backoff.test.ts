import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixedLimits } from '../../src/config/fixed-limits.ts';
import { createBackoff } from '../../src/process/workers/backoff.ts';

const { steadyWorkerMs, firstBackoffMs, longestBackoffMs } = fixedLimits;

test('each early loss in a row doubles the wait, up to the longest', () => {
  const backoff = createBackoff();
  const waits = Array.from({ length: 20 }, () => backoff(0));
  assert.deepEqual(waits.slice(0, 3), [firstBackoffMs, 2 * firstBackoffMs, 4 * firstBackoffMs]);
  assert.equal(waits.at(-1), longestBackoffMs);
});

test('a worker that served long enough is replaced at once, and the waits begin anew', () => {
  const backoff = createBackoff();
  assert.deepEqual([backoff(steadyWorkerMs - 1), backoff(0)], [firstBackoffMs, 2 * firstBackoffMs]);
  assert.equal(backoff(steadyWorkerMs), 0);
  assert.equal(backoff(0), firstBackoffMs);
});
