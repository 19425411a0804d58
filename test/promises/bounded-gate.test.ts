import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { array, assert as assertProperty, asyncProperty, constantFrom, nat, tuple } from 'fast-check';
import { Fault } from '../../src/fault.ts';
import { createAccount, createStrangers, isInUse, type Account } from '../../src/http/exchange/account/account.ts';
import { createGate, type Gate, type GateLimits } from '../../src/http/exchange/fair-share/gate.ts';

const forEver = (): AbortSignal => new AbortController().signal;
const everything = { max: 1000, maxWaiting: 1000 };
const limits: GateLimits = { kind: 'translated', max: 1, maxWaiting: 2, waitMs: 10_000, share: everything };
const facts = { version: 'v2' };

/** Record the names of the exchanges in the order in which they pass a gate. */
function passing(gate: Gate): {
  pass: (name: string, signal?: AbortSignal, account?: Account) => Promise<void>;
  passed: string[];
  leave: () => void;
} {
  const passed: string[] = [];
  const leaves: (() => void)[] = [];
  const onlyAccount = createAccount();
  return {
    passed,
    leave: () => leaves.shift()?.(),
    pass: async (name, end = forEver(), account = onlyAccount) => {
      leaves.push(await gate.acquire({ account, end, facts }));
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
    const account = createAccount();
    const acquire = (): Promise<() => void> => gate.acquire({ account, end: forEver(), facts });
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 100 }, async () => {
        const leave = await acquire();
        inside += 1;
        most = Math.max(most, inside);
        await turn();
        inside -= 1;
        leave();
      }),
    );
    assert.equal(most, 3);
    assert.deepEqual(gate.usage(), { taken: 0, waiting: 0 });
    assert.equal((await Promise.all([acquire(), acquire(), acquire()])).length, 3);
    assert.deepEqual(gate.usage(), { taken: 3, waiting: 0 });
  });
});

const isOverLimit = (error: unknown): boolean =>
  error instanceof Fault && error.status === 413 && error.retryAfter === '1' && error.reason === 'project-share';

/** Let exchanges of accounts wait; a name is an account's letter and a number. */
const waiting = (gate: Gate, ...names: readonly string[]) => {
  const { pass, passed, leave } = passing(gate);
  const accounts = new Map<string, Account>();
  const enter = (name: string, signal?: AbortSignal): Promise<void> => {
    const letter = name.slice(0, 1);
    const account = accounts.get(letter) ?? createAccount();
    accounts.set(letter, account);
    return pass(name, signal, account);
  };
  const all = names.map((name) => enter(name));
  return { enter, passed, leave, all };
};
const settled = async (gate: Gate, all: readonly Promise<void>[], leave: () => void): Promise<readonly string[]> => {
  const state = { isDone: false };
  const results = Promise.allSettled(all).finally(() => (state.isDone = true));
  while (!state.isDone) {
    await turn();
    leave();
  }
  for (; gate.usage().taken > 0; await turn()) leave();
  return (await results).map(({ status }) => status);
};

describe('the gate shares its turns among accounts', () => {
  // Guard: the lanes of gate.ts; with one queue the order is that of arrival.
  test('accounts that wait pass one after the other, however many exchanges of one came first', async () => {
    const gate = createGate({ ...limits, maxWaiting: 20 });
    const { all, passed, leave } = waiting(gate, 'a0', 'a1', 'a2', 'a3', 'b1', 'b2', 'c1');
    await settled(gate, all, leave);
    assert.deepEqual(passed, ['a0', 'a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  // Guard: the share of a lane in Turns.take().
  test('an account that has its share waits, even though turns are free, and others pass', async () => {
    const gate = createGate({ ...limits, max: 3, maxWaiting: 20, share: { max: 2, maxWaiting: 20 } });
    const { all, passed, leave, enter } = waiting(gate, 'a1', 'a2', 'a3', 'a4');
    await turn();
    assert.deepEqual(passed, ['a1', 'a2']);
    all.push(enter('b1'));
    await turn();
    assert.deepEqual(passed, ['a1', 'a2', 'b1']);
    assert.deepEqual(await settled(gate, all, leave), Array(5).fill('fulfilled'));
    assert.deepEqual(gate.usage(), { taken: 0, waiting: 0 });
  });

  test('an account that has its share of the queue is refused, and others may still wait', async () => {
    const gate = createGate({ ...limits, maxWaiting: 20, share: { max: 1, maxWaiting: 2 } });
    const { all, leave, enter } = waiting(gate, 'a1', 'a2', 'a3');
    await assert.rejects(enter('a4'), isOverLimit);
    all.push(enter('b1'));
    assert.deepEqual(await settled(gate, all, leave), Array(4).fill('fulfilled'));
  });

  test('who waits too long for its own share hears of the limit, who waits for others that the gateway is busy', async () => {
    const gate = createGate({ ...limits, max: 2, maxWaiting: 20, waitMs: 20, share: { max: 1, maxWaiting: 20 } });
    const { enter } = waiting(gate, 'a1');
    await assert.rejects(enter('a2'), isOverLimit);
    await enter('b1');
    await assert.rejects(enter('c1'), isBusy);
  });

  // Guard: Turns.makeRoom(); without it b1 is refused.
  test('in a full queue the newest exchange of the longest lane makes room for another account', async () => {
    const gate = createGate({ ...limits, maxWaiting: 3 });
    const { all, passed, leave, enter } = waiting(gate, 'a0', 'a1', 'a2', 'a3');
    const refused = assert.rejects(all[3] ?? Promise.resolve(), isOverLimit);
    all.push(enter('b1'));
    await refused;
    // One more of the same length would not be fairer.
    await assert.rejects(enter('b2'), isBusy);
    await settled(gate, all, leave);
    assert.deepEqual(passed, ['a0', 'a1', 'b1', 'a2']);
    assert.deepEqual(gate.usage(), { taken: 0, waiting: 0 });
  });

  test('an account whose waiting exchanges have all gone gets no turn', async () => {
    const gate = createGate({ ...limits, maxWaiting: 20 });
    const { all, passed, leave, enter } = waiting(gate, 'a0');
    const controller = new AbortController();
    const gone = assert.rejects(enter('b1', controller.signal), isGone);
    all.push(enter('c1'));
    controller.abort();
    await gone;
    await settled(gate, all, leave);
    assert.deepEqual(passed, ['a0', 'c1']);
  });

  test('any mixture of arrivals and departures keeps the limits and leaves nothing behind', async () => {
    await assertProperty(
      asyncProperty(array(tuple(nat(4), constantFrom('come', 'leave', 'go'))), async (acts) => {
        const share = { max: 3, maxWaiting: 4 };
        const gate = createGate({ ...limits, max: 4, maxWaiting: 6, share, strangers: { max: 2, maxWaiting: 3 } });
        const strangers = createStrangers();
        const { translated: group } = strangers;
        const accounts = Array.from({ length: 5 }, (_, at) => createAccount(at < 3 ? strangers : undefined));
        const held: (() => void)[] = [];
        const signals: AbortController[] = [];
        const all: Promise<void>[] = [];
        for (const [at, act] of acts) {
          const account = accounts[at] ?? createAccount();
          const controller = new AbortController();
          if (act === 'leave') held.splice(at % Math.max(1, held.length), 1)[0]?.();
          else if (act === 'go') signals.splice(at, 1)[0]?.abort();
          else {
            signals.push(controller);
            const entering = gate.acquire({ account, end: controller.signal, facts });
            all.push(entering.then((leave) => void held.push(leave)).catch(() => undefined));
          }
          await turn();
          const { taken, waiting: waits } = gate.usage();
          assert.equal(taken, held.length);
          assert.ok(taken <= 4 && waits <= 6);
          assert.equal(
            taken,
            accounts.reduce((sum, { lanes }) => sum + lanes.translated.taken, 0),
          );
          assert.ok(accounts.every(({ lanes }) => lanes.translated.taken <= share.max));
          const lanesOfGroup = accounts.slice(0, 3).map(({ lanes }) => lanes.translated);
          assert.equal(
            group.taken,
            lanesOfGroup.reduce((sum, lane) => sum + lane.taken, 0),
          );
          assert.equal(
            group.waiting,
            lanesOfGroup.reduce((sum, { queue }) => sum + (queue?.size ?? 0), 0),
          );
          assert.ok(group.taken <= 2 && group.waiting <= 3);
          // No exchange may wait while a turn, a part of its share and one of its group's are free.
          if (taken < 4) {
            const couldPass = accounts.filter(
              ({ lanes: { translated: lane } }) =>
                lane.taken < 3 && (lane.queue?.size ?? 0) > 0 && (lane.group === undefined || group.taken < 2),
            );
            assert.deepEqual(couldPass, []);
          }
        }
        for (; held.length > 0; await turn()) held.pop()?.();
        await Promise.all(all);
        assert.deepEqual(gate.usage(), { taken: 0, waiting: 0 });
        assert.deepEqual(group, { taken: 0, waiting: 0 });
        assert.ok(!accounts.some(isInUse));
      }),
    );
  });
});

/** Make limits of a number of turns, and of those of one account. */
function of(max: number, share = max): GateLimits {
  return { ...limits, max, maxWaiting: 20, share: { max: share, maxWaiting: 20 } };
}

describe('the limits of a gate change while turns are held', () => {
  test('turns that become free by a higher limit are passed at once, to an account that had its share last', async () => {
    const gate = createGate(of(1));
    const { all, passed, leave } = waiting(gate, 'a0', 'a1', 'b1', 'a2');
    await turn();
    gate.adjust(of(3));
    await turn();
    assert.deepEqual(passed, ['a0', 'b1', 'a1']);
    await settled(gate, all, leave);
    assert.deepEqual(gate.usage(), { taken: 0, waiting: 0 });
  });

  test('with a lower limit the turns that are held stay, and none is passed until there are fewer', async () => {
    const gate = createGate(of(3));
    const { all, passed, leave } = waiting(gate, 'a0', 'b0', 'c0', 'a1');
    await turn();
    gate.adjust(of(1));
    assert.equal(gate.usage().taken, 3);
    leave();
    leave();
    await turn();
    assert.deepEqual([passed.length, gate.usage().taken], [3, 1]);
    leave();
    await turn();
    assert.deepEqual(passed, ['a0', 'b0', 'c0', 'a1']);
    await settled(gate, all, leave);
  });

  test('any mixture of changes, arrivals and departures leaves nothing behind, and nobody waits beside a free turn', async () => {
    await assertProperty(
      asyncProperty(array(tuple(nat(4), constantFrom('come', 'leave', 'adjust'))), async (acts) => {
        const gate = createGate(of(2));
        const accounts = Array.from({ length: 5 }, createAccount);
        const held: (() => void)[] = [];
        const all: Promise<unknown>[] = [];
        for (const [at, act] of acts) {
          const account = accounts[at] ?? createAccount();
          if (act === 'leave') held.shift()?.();
          else if (act === 'adjust') gate.adjust(of(at + 1, 1 + (at % 3)));
          else {
            const entering = gate.acquire({ account, end: forEver(), facts });
            all.push(entering.then((leave) => held.push(leave)).catch(() => undefined));
          }
          await turn();
          assert.equal(gate.usage().taken, held.length);
          const { max, share } = gate.limits;
          const couldPass = accounts.filter(
            ({ lanes: { translated: lane } }) => lane.taken < share.max && (lane.queue?.size ?? 0) > 0,
          );
          if (held.length < max) assert.deepEqual(couldPass, []);
        }
        for (; held.length > 0; await turn()) held.pop()?.();
        await Promise.all(all);
        assert.deepEqual(gate.usage(), { taken: 0, waiting: 0 });
        assert.ok(!accounts.some(isInUse));
      }),
    );
  });
});
