// Protects src/ledger/keep/former-run.ts: a run that was cut off is told, and one that goes on is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LedgerRun } from '../../src/ledger/entry.ts';
import { reportFormerRun } from '../../src/ledger/keep/former-run.ts';
import { MemoryStore } from '../../src/ledger/memory/memory-store.ts';
import type { Log, LogFields } from '../../src/observe/log.ts';
import { runOf } from './ledger-values.ts';

const start = Date.parse('2026-03-01T12:00:00Z');
const minute = 60_000;

/** A run of the same name that began before, and stored last some minutes before the start. */
const runBefore = (boot: string, minutes: number, members: Partial<LedgerRun> = {}): LedgerRun =>
  runOf(boot, { startedAt: start - 100 * minute, storedAt: start - minutes * minute, ...members });

/** Start a gateway beside some runs. @param meanwhile the runs that store something while it waits @returns the runs that it names, and if it waited */
async function namedAtStart(runs: readonly LedgerRun[], meanwhile: readonly LedgerRun[] = []) {
  const store = new MemoryStore();
  for (const run of runs) await store.write(run, []);
  const named: unknown[] = [];
  let hasWaited = false;
  const warn = (_: string, fields: LogFields = {}): void => void named.push(fields['boot']);
  const log: Log = { info: assert.fail, warn, error: assert.fail, writeLine: assert.fail, close: assert.fail };
  const wait = async (): Promise<void> => {
    hasWaited = true;
    for (const run of meanwhile) await store.write(run, []);
  };
  await reportFormerRun(store, { instance: 'host', startedAt: start }, { log, wait });
  return { named, hasWaited };
}

test('the run that was cut off last is named, and one that ended in order is not', async () => {
  const cut = await namedAtStart([runBefore('early', 60), runBefore('late', 5)]);
  assert.deepEqual(cut, { named: ['late'], hasWaited: true });
  const closed = await namedAtStart([runBefore('a', 5, { isClosed: true })]);
  assert.deepEqual(closed, { named: [], hasWaited: false });
});

test('a gateway of the same name that still runs is not named, or has ended in order meanwhile', async () => {
  const running = runBefore('running', 1);
  for (const later of [
    { ...running, storedAt: start + minute },
    { ...running, isClosed: true },
  ]) {
    assert.deepEqual((await namedAtStart([running], [later])).named, []);
    assert.deepEqual((await namedAtStart([runBefore('killed', 5), running], [later])).named, ['killed']);
  }
});

test('a run that was cut off is named once, by the first that starts after it', async () => {
  const killed = runBefore('killed', 5);
  const after = runBefore('after', 1, { startedAt: killed.storedAt + 1000 });
  assert.deepEqual((await namedAtStart([killed, after], [{ ...after, storedAt: start + minute }])).named, []);
  assert.deepEqual((await namedAtStart([killed, { ...after, isClosed: true }])).named, []);
});

test('runs of other names, and those that start at the same time, are not looked at', async () => {
  const others = [runBefore('other', 5, { instance: 'other' }), runBefore('own', 5, { startedAt: start })];
  assert.deepEqual(await namedAtStart(others), { named: [], hasWaited: false });
});
