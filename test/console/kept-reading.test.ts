// Protects src/console/ledger/read/kept-reading.ts: the time between two readings of the ledger, and the data shown until the next one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixedLimits } from '../../src/config/fixed-limits.ts';
import { KeptReading } from '../../src/console/ledger/read/kept-reading.ts';
import { readLedger, type LedgerReading } from '../../src/console/ledger/read/reading.ts';
import { LedgerStoreError } from '../../src/ledger/store-error.ts';

const { consoleKeptMs, consoleKeptTimes } = fixedLimits;

/** A ledger that is read when a test says so, on a clock of its own. */
function ledgerOnAClock() {
  let time = 0;
  let readings = 0;
  let next = Promise.withResolvers<LedgerReading>();
  const kept = new KeptReading(
    () => {
      readings += 1;
      next = Promise.withResolvers<LedgerReading>();
      return next.promise;
    },
    () => time,
  );
  return {
    kept,
    pass: (ms: number) => (time += ms),
    readings: () => readings,
    finish: async (at: number) => next.resolve(await emptyReading(at)),
    fail: () => next.reject(new LedgerStoreError('the database is away', 'ECONNREFUSED', false)),
  };
}

async function* noCounts() {
  // The ledger is empty.
}

const emptyReading = (at: number): Promise<LedgerReading> =>
  readLedger({ counts: noCounts(), rest: async () => ({ runs: [], histories: [] }) }, at, {
    path: '',
    file: undefined,
    isOfThisAlone: false,
  });

test('simultaneous readers share one reading, and later ones have it for a while', async () => {
  const { kept, finish, readings, pass } = ledgerOnAClock();
  const all = [kept.current(), kept.current(), kept.current()];
  await finish(1);
  for (const each of await Promise.all(all)) assert.equal(each.reading?.at, 1);
  pass(consoleKeptMs - 1);
  assert.equal((await kept.current()).reading?.at, 1);
  assert.equal(readings(), 1);
  pass(1);
  const later = kept.current();
  await finish(2);
  assert.equal((await later).reading?.at, 2);
  assert.equal(readings(), 2);
});

test('a ledger that takes long to read is read seldom, and the last reading is shown while it is read again', async () => {
  const { kept, finish, readings, pass } = ledgerOnAClock();
  const first = kept.current();
  pass(5000);
  await finish(1);
  await first;
  pass(5000 * consoleKeptTimes - 1);
  await kept.current();
  assert.equal(readings(), 1);
  pass(1);
  assert.equal((await kept.current()).reading?.at, 1);
  assert.equal((await kept.current()).reading?.at, 1);
  assert.equal(readings(), 2);
  await finish(2);
  await new Promise(setImmediate);
  assert.equal((await kept.current()).reading?.at, 2);
});

test('of a store that went away the last reading is shown with the reason, and it is asked again later', async () => {
  const { kept, finish, fail, readings, pass } = ledgerOnAClock();
  const first = kept.current();
  await finish(1);
  await first;
  pass(consoleKeptMs);
  const second = kept.current();
  fail();
  const { reading, failure } = await second;
  assert.equal(reading?.at, 1);
  assert.deepEqual(failure, { code: 'ECONNREFUSED', message: 'the database is away' });
  pass(consoleKeptMs);
  const third = kept.current();
  await finish(3);
  assert.deepEqual([(await third).reading?.at, (await third).failure, readings()], [3, null, 3]);
});
