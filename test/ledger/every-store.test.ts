import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { DayCount } from '../../src/ledger/entry.ts';
import type { LedgerStore } from '../../src/ledger/store.ts';
import { disturbed, someChanges, someWrites } from './changes.ts';
import { storeKinds } from './every-store.ts';
import { createLedgerModel, ordered, type LedgerChange, type LedgerContents } from './ledger-model.ts';

const numRuns = 40;

/** Apply a change. @returns the number of forgotten keys */
async function apply(store: LedgerStore, change: LedgerChange): Promise<number | undefined> {
  switch (change.kind) {
    case 'write':
      await store.write(change.run, change.counts);
      return undefined;
    case 'trim':
      await store.trim(change.beforeDay, change.forgottenBefore);
      return undefined;
    case 'forget':
      return store.forget(change.project);
    default:
      return change satisfies never;
  }
}

async function contentsOf(store: LedgerStore): Promise<LedgerContents> {
  const counts: DayCount[] = [];
  for await (const count of store.read('1970-01-01')) counts.push(count);
  assert.deepEqual(
    counts.map(({ day }) => day),
    counts.map(({ day }) => day).toSorted(),
  );
  const [runs, histories, keys] = [await store.runs(), await store.histories(), await store.keys(1_000)];
  return ordered({ counts, runs, histories, keys });
}

function expectedAfter(changes: readonly LedgerChange[]): LedgerContents {
  const model = createLedgerModel();
  for (const change of changes) model.apply(change);
  return model.contents();
}

for (const { name, skip, open } of storeKinds) {
  test(`${name}: any order, repetition and interleaving of writes gives the same sums`, { skip }, async (context) => {
    const { stores, clear } = await open(context);
    const both = someWrites.chain((writes) => fc.tuple(fc.constant(writes), disturbed(writes)));
    const property = fc.asyncProperty(both, async ([writes, deliveries]) => {
      await clear();
      // Several gateways at once: those of one store follow each other, as the flushes of a gateway do.
      await Promise.all(
        stores.map(async (store, index) => {
          for (const change of deliveries.filter((_, at) => at % stores.length === index)) await apply(store, change);
        }),
      );
      const [reader] = stores;
      assert.deepEqual(reader && (await contentsOf(reader)), expectedAfter(writes));
    });
    await fc.assert(property, { numRuns });
  });

  test(
    `${name}: late writes, removed days and forgotten projects leave what the model has`,
    { skip },
    async (context) => {
      const { stores, clear } = await open(context);
      const property = fc.asyncProperty(someChanges, async (changes) => {
        await clear();
        const model = createLedgerModel();
        for (const [index, change] of changes.entries()) {
          const store = stores[index % stores.length];
          const keys = model.contents().keys.length;
          model.apply(change);
          const forgotten = store && (await apply(store, change));
          if (change.kind === 'forget') assert.equal(forgotten, keys - model.contents().keys.length);
        }
        const [reader] = stores;
        assert.deepEqual(reader && (await contentsOf(reader)), model.contents());
      });
      await fc.assert(property, { numRuns });
    },
  );
}
