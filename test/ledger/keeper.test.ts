// Protects src/ledger/keep: a store that is away, full or slow costs nothing but memory, and misses nothing in the end.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { createOwnCounts } from '../../src/ledger/count/own-counts.ts';
import type { DayCount, LedgerRun } from '../../src/ledger/entry.ts';
import { LedgerKeeper, type KeeperLimits } from '../../src/ledger/keep/ledger-keeper.ts';
import { Trouble } from '../../src/ledger/keep/trouble.ts';
import { Unstored } from '../../src/ledger/keep/unstored.ts';
import { MemoryStore } from '../../src/ledger/memory/memory-store.ts';
import type { LedgerStore } from '../../src/ledger/store.ts';
import { LedgerStoreError } from '../../src/ledger/store-error.ts';
import type { Log, LogFields } from '../../src/observe/log.ts';
import { until } from '../support/in-time.ts';
import { countOf, countsIn, histories, keyOf, runOf } from './ledger-values.ts';

const limits: KeeperLimits = { ledgerHeldCells: 1000, ledgerSliceRows: 2, ledgerWriteMs: 5, ledgerRetryMs: 300_000 };
const settings = { intervalMs: 3_600_000, days: 400 };
const noon = Date.parse('2026-03-01T12:00:00Z');

/** A store in memory whose writes a test can let fail. */
class FailingStore extends MemoryStore implements LedgerStore {
  /** Decides what the next write does. */
  mode: 'stores' | 'fails' | 'stores, and loses the answer' | 'hangs' = 'stores';
  readonly written: { readonly run: LedgerRun; readonly counts: readonly DayCount[] }[] = [];
  hanging = Promise.withResolvers<void>();

  override async write(run: LedgerRun, counts: readonly DayCount[]): Promise<void> {
    const { mode } = this;
    if (mode === 'hangs') await this.hanging.promise;
    if (mode !== 'fails') {
      this.written.push({ run, counts });
      await super.write(run, counts);
    }
    if (mode === 'fails' || mode === 'stores, and loses the answer')
      throw new LedgerStoreError('the store is away', 'EAWAY', false);
  }
}

function startKeeper(given: Partial<KeeperLimits> = {}) {
  const lines: [string, LogFields][] = [];
  const keep = (event: string, fields: LogFields = {}): void => void lines.push([event, fields]);
  const log: Log = {
    info: keep,
    warn: keep,
    error: keep,
    writeLine: () => undefined,
    close: () => Promise.resolve(),
  };
  const store = new FailingStore();
  const clock = { now: noon };
  let again = 0;
  const keeper = new LedgerKeeper(store, {
    settings,
    log,
    now: () => clock.now,
    limits: { ...limits, ...given },
    onStoredAgain: () => (again += 1),
  });
  return { keeper, store, clock, lines, log, again: () => again };
}

const counts = ['a', 'b', 'c', 'd', 'e'].map((reason) => countOf('2026-03-01', { key: keyOf({ reason }) }));

test('counts are stored in slices, and only the last one says up to when they are complete', async () => {
  const { keeper, store } = startKeeper();
  const run = runOf('a', { storedAt: noon });
  keeper.add(run, counts);
  assert.equal(keeper.waiting, 5);
  assert.equal(await keeper.store(), true);
  assert.deepEqual(
    store.written.map((each) => [each.counts.length, each.run.storedAt]),
    [
      [2, run.startedAt],
      [2, run.startedAt],
      [1, noon],
    ],
  );
  assert.deepEqual([keeper.waiting, keeper.lastStoredAt], [0, noon]);
});

test('a run without counts is stored, so that days without a call are no days without data', async () => {
  const { keeper, store } = startKeeper();
  keeper.add(runOf('a', { storedAt: noon }), []);
  await keeper.store();
  keeper.add(runOf('a', { storedAt: noon }), []);
  await keeper.store();
  assert.deepEqual(await store.runs(), [runOf('a', { storedAt: noon })]);
  assert.equal(store.written.length, 1);
});

test('the beginning and the end of trouble are logged, not each attempt, and everything is caught up', async () => {
  const { keeper, store, clock, lines, again } = startKeeper();
  store.mode = 'fails';
  keeper.add(runOf('a', { storedAt: noon }), counts);
  assert.deepEqual([await keeper.store(), await keeper.store()], [false, false]);
  assert.deepEqual(lines, [['ledger not stored', { error: 'EAWAY', why: 'the store is away', waiting: 5 }]]);
  assert.deepEqual([keeper.failures, keeper.waiting, again()], [2, 5, 0]);
  store.mode = 'stores';
  clock.now += 60_000;
  assert.equal(await keeper.store(), true);
  assert.deepEqual(lines.at(-1), ['ledger stored again', { troubleMs: 60_000 }]);
  assert.deepEqual(await countsIn(store), counts);
  assert.equal(again(), 1);
});

test('a store that hangs is reported, has one write at a time, and holds nobody', async () => {
  const { keeper, store, lines } = startKeeper();
  store.mode = 'hangs';
  keeper.add(runOf('a'), counts);
  const [first, second] = [keeper.store(), keeper.store()];
  await until(() => lines.length > 0, 'the write was not reported');
  assert.deepEqual(lines, [['ledger not stored', { error: 'ETIMEDOUT', why: 'a write takes too long', waiting: 5 }]]);
  assert.equal(store.written.length, 0);
  store.mode = 'stores';
  store.hanging.resolve();
  assert.deepEqual(await Promise.all([first, second]), [true, true]);
  assert.deepEqual(await countsIn(store), counts);
  assert.equal(lines.at(-1)?.[0], 'ledger stored again');
});

test('a store that hangs at the end does not hold the end', async () => {
  const { keeper, store, lines } = startKeeper();
  store.mode = 'hangs';
  keeper.add(runOf('a'), counts);
  void keeper.store();
  assert.equal(await keeper.close(1), false);
  assert.deepEqual(lines.at(-1), ['ledger not stored at the end', { waiting: 5 }]);
  store.hanging.resolve();
});

test('memory is bounded: what does not fit is lost, told once, and made up for by a later count', async () => {
  const { keeper, store, lines } = startKeeper({ ledgerHeldCells: 3 });
  store.mode = 'fails';
  keeper.add(runOf('a'), counts);
  keeper.add(runOf('a'), counts);
  assert.deepEqual([keeper.waiting, keeper.lost], [3, 4]);
  assert.deepEqual(lines, [['ledger counts lost', { waiting: 3 }]]);
  store.mode = 'stores';
  await keeper.store();
  keeper.add(
    runOf('a'),
    counts.map((count) => ({ ...count, answered: 2 })),
  );
  await keeper.store();
  keeper.add(
    runOf('a'),
    counts.map((count) => ({ ...count, answered: 3 })),
  );
  await keeper.store();
  assert.equal((await countsIn(store)).filter(({ answered }) => answered === 3).length, 3);
});

test('counts of many workers are stored before the interval is over, if they would not fit until then', async () => {
  const { keeper, store } = startKeeper({ ledgerHeldCells: 6 });
  keeper.add(runOf('a'), counts.slice(0, 3));
  assert.equal(store.written.length, 0);
  keeper.add(runOf('b'), counts.slice(3));
  await until(() => keeper.waiting === 0, 'they were not stored');
  assert.equal(keeper.lost, 0);
  // A store that is away has its pauses.
  store.mode = 'fails';
  keeper.add(runOf('b'), counts);
  await keeper.store();
  store.mode = 'stores';
  keeper.add(runOf('b'), counts);
  await nextTurn();
  assert.deepEqual([keeper.failures, keeper.waiting], [1, 5]);
});

describe('counts that are lost', () => {
  const evening = [countOf('2026-03-01'), countOf('2026-03-01', { key: keyOf({ reason: 'suffix' }) })];
  const [held = assert.fail(), lost = assert.fail()] = evening;
  const nextDay = noon + 86_400_000;
  const awayWithLoss = () => {
    const started = startKeeper({ ledgerHeldCells: 1 });
    started.store.mode = 'fails';
    started.keeper.add(runOf('a', { storedAt: noon }), evening);
    return started;
  };

  test('are told with their run when their day is over', async () => {
    const { keeper, store, clock } = awayWithLoss();
    await keeper.store();
    clock.now = nextDay;
    keeper.add(runOf('a', { storedAt: nextDay }), []);
    store.mode = 'stores';
    await keeper.store();
    const run = runOf('a', { storedAt: nextDay, lost: { from: lost.first, until: lost.last } });
    assert.deepEqual(await store.runs(), [run]);
    assert.deepEqual(await countsIn(store), [held]);
    // Nothing makes up for them any more.
    keeper.add(runOf('a', { storedAt: nextDay + 1, isClosed: true }), []);
    await keeper.store();
    assert.deepEqual(await store.runs(), [{ ...run, storedAt: nextDay + 1, isClosed: true }]);
  });

  test('keep a run from being closed without saying so', async () => {
    const { keeper, store } = awayWithLoss();
    store.mode = 'stores';
    keeper.add(runOf('a', { storedAt: noon, isClosed: true }), []);
    await keeper.store();
    const span = { from: lost.first, until: lost.last };
    assert.deepEqual(await store.runs(), [runOf('a', { storedAt: noon, isClosed: true, lost: span })]);
  });

  test('are not told if the counts of their day are taken again in time', async () => {
    const { keeper, store, again } = awayWithLoss();
    await keeper.store();
    store.mode = 'stores';
    await keeper.store();
    assert.equal(again(), 1);
    keeper.add(runOf('a', { storedAt: noon + 1 }), [lost]);
    await keeper.store();
    keeper.add(runOf('a', { storedAt: nextDay, isClosed: true }), []);
    await keeper.store();
    assert.deepEqual(await store.runs(), [runOf('a', { storedAt: nextDay, isClosed: true })]);
    assert.deepEqual((await countsIn(store)).length, 2);
  });

  test('are told as one time for all days of a long outage', async () => {
    const { keeper, store } = awayWithLoss();
    const later = countOf('2026-03-04', { key: keyOf({ reason: 'suffix' }) });
    keeper.add(runOf('a', { storedAt: later.last }), [later]);
    store.mode = 'stores';
    keeper.add(runOf('a', { storedAt: later.last + 86_400_000 }), []);
    await keeper.store();
    const [run] = await store.runs();
    assert.deepEqual(run?.lost, { from: lost.first, until: later.last });
  });
});

test('a count that grows while it is written is written again', async () => {
  const { keeper, store } = startKeeper();
  store.mode = 'hangs';
  const [count] = counts;
  keeper.add(runOf('a'), counts.slice(0, 1));
  const storing = keeper.store();
  keeper.add(runOf('a'), [{ ...(count ?? assert.fail()), answered: 7 }]);
  store.hanging.resolve();
  await storing;
  assert.deepEqual(
    (await countsIn(store)).map(({ answered }) => answered),
    [7],
  );
});

test('pauses grow with the failures in a row, and end with a success', () => {
  const { log } = startKeeper();
  const trouble = new Trouble(log, () => 0);
  const pauses = Array.from({ length: 6 }, () => {
    trouble.begin(new Error('x'), 0);
    return trouble.pauseMs(60_000, limits);
  });
  assert.deepEqual(pauses, [60_000, 120_000, 240_000, 300_000, 300_000, 300_000]);
  trouble.end();
  assert.equal(trouble.pauseMs(60_000, limits), 60_000);
  assert.equal(trouble.pauseMs(3_600_000, limits), 3_600_000);
});

test('old days are removed once a day', async () => {
  const { keeper, store, clock } = startKeeper();
  keeper.add(runOf('a', { storedAt: noon }), [countOf('2025-01-01'), countOf('2026-03-01')]);
  await keeper.store();
  assert.deepEqual(
    (await countsIn(store)).map(({ day }) => day),
    ['2026-03-01'],
  );
  clock.now += 401 * 86_400_000;
  await keeper.store();
  assert.deepEqual(await countsIn(store), []);
});

test('a run ends closed, with all its counts', async () => {
  const { keeper, store, clock, log } = startKeeper();
  const given = { store: 'memory', maxKeys: 1000, instance: 'me', ...settings };
  const own = createOwnCounts(given, { version: '1', log, now: () => clock.now });
  keeper.start(own.take);
  own.count({
    project: 'p',
    agent: 'a',
    client: '',
    operation: 'o',
    needs: ['suffix'],
    status: 200,
    cloudStatus: 200,
    requestId: 'r',
  });
  clock.now += 5;
  own.end();
  assert.equal(await keeper.close(1000), true);
  const [run] = await store.runs();
  assert.deepEqual(
    { ...run, boot: '' },
    { ...runOf('', { version: '1', startedAt: noon, storedAt: noon + 5, isClosed: true }), instance: 'me' },
  );
  assert.equal((await countsIn(store)).length, 1);
});

describe('a process that has ended', () => {
  test('stays until its counts are stored, and its run stays open if it was killed', async () => {
    const { keeper, store } = startKeeper();
    keeper.add(runOf('killed'), counts);
    keeper.end('killed');
    await keeper.store();
    assert.deepEqual(await store.runs(), [runOf('killed')]);
    assert.equal((await countsIn(store)).length, 5);
  });

  test('is not held any longer afterwards', () => {
    const unstored = new Unstored(10);
    unstored.add(runOf('a'), []);
    const slice = unstored.next(10) ?? assert.fail();
    unstored.end('a');
    unstored.drop(slice);
    assert.equal(unstored.next(10), undefined);
    unstored.add(runOf('a'), []);
    assert.ok(unstored.next(10) !== undefined, 'it was forgotten');
  });
});

test('any failures and lost answers give the same sums in the end', async () => {
  const modes = fc.array(fc.constantFrom('stores', 'fails', 'stores, and loses the answer'), { maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(histories, modes, async ({ writes, sums }, given) => {
      const { keeper, store } = startKeeper();
      const coming = [...given];
      for (const { run, counts: taken } of writes) {
        store.mode = (coming.shift() ?? 'stores') as FailingStore['mode'];
        keeper.add(run, taken);
        await keeper.store();
      }
      store.mode = 'stores';
      assert.equal(await keeper.store(), true);
      const found = await countsIn(store);
      const stored = found.map(({ day, key, answered, failed }) => [`${day} ${key.reason}`, { answered, failed }]);
      assert.deepEqual(new Map(stored as [string, { answered: number; failed: number }][]), sums);
    }),
    { numRuns: 50 },
  );
});
