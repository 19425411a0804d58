// The contract of LedgerStore: each store is tested by it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { LedgerStore } from '../../src/ledger/store.ts';
import { countOf, countsIn, histories, keyOf, runOf } from './ledger-values.ts';

/** Test a store. @param open opens a new, empty store; several may be open at a time */
export function testStore(name: string, open: () => Promise<LedgerStore>, { numRuns = 50 } = {}): void {
  const withStore = async (use: (store: LedgerStore) => Promise<void>): Promise<void> => {
    const store = await open();
    try {
      await use(store);
    } finally {
      await store.close();
    }
  };

  describe(name, () => {
    test('any order, repetition and loss of writes gives the same sums in the end', async () => {
      const shuffled = histories.chain((history) =>
        fc.record({
          history: fc.constant(history),
          // Any writes any number of times, in any order; then all of them once more, as a gateway retries until they are stored.
          attempts: fc.array(fc.integer({ min: 0, max: history.writes.length - 1 }), { maxLength: 40 }),
          order: fc.shuffledSubarray(
            history.writes.map((_, index) => index),
            { minLength: history.writes.length, maxLength: history.writes.length },
          ),
        }),
      );
      await fc.assert(
        fc.asyncProperty(shuffled, ({ history: { writes, sums }, attempts, order }) =>
          withStore(async (store) => {
            for (const index of [...attempts, ...order]) {
              const { run, counts } = writes[index] ?? assert.fail();
              await store.write(run, counts);
            }
            const found = await countsIn(store);
            const stored = found.map(({ day, key, answered, failed }) => [
              `${day} ${key.reason}`,
              { answered, failed },
            ]);
            assert.deepEqual(new Map(stored as [string, { answered: number; failed: number }][]), sums);
            assert.equal(found.length, sums.size);
          }),
        ),
        { numRuns },
      );
    });

    test('a count keeps its first and last exchange, and the request id of the last', () =>
      withStore(async (store) => {
        const day = '2026-03-29';
        const base = Date.parse(`${day}T00:00:00Z`);
        const uuid = 'req-01234567-89ab-cdef-0123-456789abcdef';
        const late = countOf(day, {
          answered: 3,
          failed: 2,
          first: base + 5,
          last: base + 86_399_999,
          requestId: uuid,
        });
        await store.write(runOf('a'), [late]);
        await store.write(runOf('a'), [countOf(day, { first: base + 5, last: base + 10, requestId: 'early' })]);
        await store.write(runOf('b'), [countOf(day, { first: base, last: base + 7, requestId: 'other run' })]);
        assert.deepEqual(await countsIn(store), [{ ...late, answered: 4, first: base }]);
      }));

    test('counts are read from a day on, ordered by day', () =>
      withStore(async (store) => {
        const days = ['2026-03-03', '2026-03-01', '2026-03-02'];
        await store.write(
          runOf('a'),
          days.map((day) => countOf(day)),
        );
        const read: string[] = [];
        for await (const { day } of store.read('2026-03-02')) read.push(day);
        assert.deepEqual(read, ['2026-03-02', '2026-03-03']);
      }));

    test('a run is stored without counts, and a late report does not take it back', () =>
      withStore(async (store) => {
        const first = runOf('a', { others: 1 });
        const last = runOf('a', { storedAt: first.startedAt + 1000, isClosed: true, others: 2 });
        await store.write(first, []);
        await store.write(last, []);
        await store.write(first, []);
        assert.deepEqual(await store.runs(), [last]);
      }));

    test('a run that lost counts says of which time, and a later report can only widen it', () =>
      withStore(async (store) => {
        const run = runOf('a');
        const [from, until] = [run.startedAt + 1, run.startedAt + 86_400_000];
        await store.write(run, []);
        await store.write({ ...run, lost: { from, until: from + 5 } }, []);
        await store.write({ ...run, lost: { from: from + 7, until } }, []);
        await store.write({ ...run, lost: { from: from + 9, until: from + 9 } }, []);
        await store.write(run, []);
        assert.deepEqual(await store.runs(), [{ ...run, lost: { from, until } }]);
      }));

    test('removed days leave the first and last exchange of their keys, and their gaps', () =>
      withStore(async (store) => {
        const days = ['2026-01-01', '2026-01-31', '2026-02-02', '2026-05-01'];
        await store.write(
          runOf('a'),
          days.map((day) => countOf(day)),
        );
        await store.write(runOf('b'), [countOf('2026-01-31')]);
        await store.trim('2026-02-01', '2025-01-01');
        const [first, second, third] = days.map((day) => countOf(day).first);
        assert.deepEqual(await store.histories(), [{ key: keyOf(), first, last: second, longestGapDays: 30 }]);
        await store.trim('2026-03-01', '2025-01-01');
        await store.trim('2026-03-01', '2025-01-01');
        assert.deepEqual(await store.histories(), [{ key: keyOf(), first, last: third, longestGapDays: 30 }]);
        assert.deepEqual(
          (await countsIn(store)).map(({ day }) => day),
          ['2026-05-01'],
        );
      }));

    test('a key whose days are all removed is forgotten after its time, and so are runs', () =>
      withStore(async (store) => {
        const gone = keyOf({ project: 'gone' });
        await store.write(runOf('old'), [countOf('2026-01-01', { key: gone }), countOf('2026-01-01')]);
        const storedAt = Date.parse('2026-06-01T00:00:00Z');
        await store.write(runOf('new', { storedAt }), [countOf('2026-06-01')]);
        await store.trim('2026-03-01', '2025-06-01');
        assert.deepEqual(new Set((await store.keys(10)).map(({ project }) => project)), new Set(['gone', 'p1']));
        await store.trim('2026-03-01', '2026-01-02');
        assert.deepEqual(await store.keys(10), [keyOf()]);
        assert.deepEqual(
          (await store.histories()).map(({ key }) => key),
          [keyOf()],
        );
        assert.deepEqual(
          (await store.runs()).map(({ boot }) => boot),
          ['new'],
        );
      }));

    test('a project is forgotten: its counts, its history and its keys', () =>
      withStore(async (store) => {
        const other = keyOf({ project: 'p10' });
        const more = keyOf({ reason: 'suffix' });
        await store.write(runOf('a'), [
          countOf('2026-01-01'),
          countOf('2026-02-01'),
          countOf('2026-02-01', { key: more }),
          countOf('2026-02-01', { key: other }),
        ]);
        await store.trim('2026-01-15', '2025-01-01');
        assert.equal(await store.forget('p1'), 2);
        assert.equal(await store.forget('p1'), 0);
        assert.deepEqual(await countsIn(store), [countOf('2026-02-01', { key: other })]);
        assert.deepEqual(await store.histories(), []);
        assert.deepEqual(await store.keys(10), [other]);
      }));

    test('keys are listed up to a limit', () =>
      withStore(async (store) => {
        const counts = ['a', 'b', 'c'].map((project) => countOf('2026-01-01', { key: keyOf({ project }) }));
        await store.write(runOf('a'), counts);
        assert.equal((await store.keys(2)).length, 2);
        assert.equal((await store.keys(5)).length, 3);
      }));

    test('texts of any script, and of the signs of SQL, come back as they were', () =>
      withStore(async (store) => {
        const key = keyOf({ project: "'; DROP TABLE count; --", agent: 'Ключ 鍵 🗝 "%_\\"' });
        await store.write(runOf("b'oot"), [countOf('2026-01-01', { key })]);
        assert.deepEqual(await countsIn(store), [countOf('2026-01-01', { key })]);
        assert.equal(await store.forget(key.project), 1);
      }));

    test('20,000 counts are read completely', () =>
      withStore(async (store) => {
        const counts = Array.from({ length: 20_000 }, (_, index) =>
          countOf(`2026-01-0${1 + (index % 2)}`, { key: keyOf({ agent: `agent ${Math.floor(index / 2)}` }) }),
        );
        for (let at = 0; at < counts.length; at += 1000) await store.write(runOf('a'), counts.slice(at, at + 1000));
        await store.write(runOf('b'), counts.slice(0, 1000));
        const found = await countsIn(store);
        assert.equal(found.length, 20_000);
        assert.equal(
          found.reduce((sum, { answered }) => sum + answered, 0),
          21_000,
        );
      }));
  });
}
