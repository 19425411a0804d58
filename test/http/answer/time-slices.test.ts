import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { inTimeSlices } from '../../../src/http/answer/document/time-slices.ts';

/** A clock that stands still but for the work of the tests: no other process makes it late. */
function stoppedClock(context: TestContext): { readonly work: (ms: number) => void } {
  let now = 0;
  context.mock.method(performance, 'now', () => now);
  return { work: (ms) => void (now += ms) };
}

test('what waits goes first after a while of work', async (context) => {
  const { work } = stoppedClock(context);
  let turns = 0;
  let isDone = false;
  const turn = (): void => {
    turns += 1;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  await inTimeSlices(Array.from({ length: 40 }), 3, () => work(1));
  isDone = true;
  assert.ok(turns >= 8, `${turns} turns`);
});

test('little work is done in one turn', async (context) => {
  stoppedClock(context);
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
