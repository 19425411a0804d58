import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTimeSlices } from '../../../src/http/answer/time-slices.ts';

/** Work that keeps the processor busy for some milliseconds. */
function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('what waits goes first after a while of work', async () => {
  let turns = 0;
  let isDone = false;
  const turn = (): void => {
    turns += 1;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  await inTimeSlices(Array.from({ length: 40 }), 3, () => busy(1));
  isDone = true;
  assert.ok(turns >= 8, `${turns} turns`);
});

test('little work is done in one turn', async () => {
  let turns = 0;
  setImmediate(() => (turns += 1));
  const seen: number[] = [];
  await inTimeSlices([1, 2, 3], 3, (item) => seen.push(item));
  assert.deepEqual(seen, [1, 2, 3]);
  assert.equal(turns, 0);
});

test('what is thrown ends the work', async () => {
  const seen: number[] = [];
  await assert.rejects(
    inTimeSlices([1, 2, 3], 3, (item) => {
      if (item === 2) throw new Error('two');
      seen.push(item);
    }),
    /two/,
  );
  assert.deepEqual(seen, [1]);
});
