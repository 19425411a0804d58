import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fault } from '../../src/fault.ts';
import { createGate, type Gate } from '../../src/http/exchange/gate.ts';

const forEver = (): AbortSignal => new AbortController().signal;
const limits = { max: 1, maxWaiting: 2, waitMs: 10_000, timeoutMs: 10_000 };

/** What passes, by name, as it does. */
function passing(gate: Gate): {
  pass: (name: string, signal?: AbortSignal) => Promise<void>;
  passed: string[];
  leave: () => void;
} {
  const passed: string[] = [];
  const leaves: (() => void)[] = [];
  return {
    passed,
    leave: () => leaves.shift()?.(),
    pass: async (name, signal = forEver()) => {
      leaves.push(await gate.acquire(signal));
      passed.push(name);
    },
  };
}

const isBusy = (error: unknown): boolean =>
  error instanceof Fault && error.status === 503 && error.retryAfter === '1' && error.reason === 'gateway-busy';
const isGone = (error: unknown): boolean => error instanceof Fault && error.status === 499;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the gate lets so many through at a time', () => {
  test('the others pass when one leaves, in the order in which they came', async () => {
    const { pass, passed, leave } = passing(createGate(limits));
    const all = [pass('a'), pass('b'), pass('c')];
    await turn();
    assert.deepEqual(passed, ['a']);
    leave();
    await turn();
    assert.deepEqual(passed, ['a', 'b']);
    leave();
    await Promise.all(all);
    assert.deepEqual(passed, ['a', 'b', 'c']);
  });

  test('one more than may wait is refused at once, and there is room when one of them has passed', async () => {
    const { pass, leave } = passing(createGate(limits));
    const all = [pass('a'), pass('b'), pass('c')];
    await assert.rejects(pass('d'), isBusy);
    await turn();
    leave();
    await turn();
    all.push(pass('e'));
    await turn();
    leave();
    await turn();
    leave();
    await Promise.all(all);
  });

  test('who waits too long is refused, and gives up the place', async () => {
    const { pass, passed, leave } = passing(createGate({ ...limits, maxWaiting: 1, waitMs: 20 }));
    await pass('a');
    await assert.rejects(pass('b'), isBusy);
    leave();
    await pass('c');
    assert.deepEqual(passed, ['a', 'c']);
  });

  test('who goes away while waiting gives up the place, and passes never', async () => {
    const gate = createGate({ ...limits, maxWaiting: 1 });
    const { pass, passed, leave } = passing(gate);
    await pass('a');
    const controller = new AbortController();
    const gone = assert.rejects(pass('b', controller.signal), isGone);
    controller.abort();
    await gone;
    const next = pass('c');
    leave();
    await next;
    assert.deepEqual(passed, ['a', 'c']);
  });

  test('who has gone already passes neither an open gate nor waits at a shut one', async () => {
    const { pass, passed, leave } = passing(createGate(limits));
    await assert.rejects(pass('gone', AbortSignal.abort()), isGone);
    await pass('a');
    await assert.rejects(pass('gone', AbortSignal.abort()), isGone);
    leave();
    assert.deepEqual(passed, ['a']);
  });

  test('after any number of turns it lets as many through as before', async () => {
    const gate = createGate({ ...limits, max: 3, maxWaiting: 100 });
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 100 }, async () => {
        const leave = await gate.acquire(forEver());
        inside += 1;
        most = Math.max(most, inside);
        await turn();
        inside -= 1;
        leave();
      }),
    );
    assert.equal(most, 3);
    const leaves = await Promise.all([gate.acquire(forEver()), gate.acquire(forEver()), gate.acquire(forEver())]);
    assert.equal(leaves.length, 3);
  });
});
