import { once } from 'node:events';
import { parentPort, Worker } from 'node:worker_threads';
import { fixedLimits } from '../../src/config/fixed-limits.ts';
import { handOver } from '../../src/console/ledger/hand-over.ts';
import { dayMs, dayText } from '../../src/ledger/days.ts';
import type { DayCount, LedgerRun } from '../../src/ledger/entry.ts';
import { MemoryStore } from '../../src/ledger/memory/memory-store.ts';

// A thread that hands over a ledger in memory and measures its own turns. The tracking of promises by node:test, whose garbage holds
// the loop for 100 ms, is not in it.

const keys = fixedLimits.ledgerMemoryCells;
const repeats = 5;

/** A ledger that was handed over. */
export interface HandedOver {
  readonly counts: number;
  readonly histories: number;
  readonly turnMs: number;
}

const days = [dayText(20_000), dayText(20_001)] as const;

const run: LedgerRun = {
  instance: 'gateway-1',
  boot: 'boot',
  version: '1.0.0',
  startedAt: 20_000 * dayMs,
  storedAt: 20_002 * dayMs,
  isClosed: false,
  others: 0,
};

function countOn(day: string, index: number): DayCount {
  const time = Date.parse(day);
  return {
    key: {
      project: `7459f9935ed2422eb9800fea1d4d${index}`,
      agent: `jclouds/1.6.${index % 50} java/1.7.0_25`,
      network: '192.0.2.0/24',
      operation: 'rebuild',
      reason: 'xml-request',
    },
    day,
    answered: 1,
    failed: 0,
    first: time,
    last: time,
    requestId: 'req-fc19c505-6b3e-4c6b-8b1a-3d9a4b7a0f11',
  };
}

/** Find the longest turn of the event loop while something is done, in milliseconds of this thread's processor time. */
async function longestTurnDuring(work: () => Promise<void>): Promise<number> {
  let [longest, isOver] = [0, false];
  let before = process.threadCpuUsage();
  const turn = (): void => {
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
    before = process.threadCpuUsage();
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isOver = true;
  await new Promise(setImmediate);
  return longest;
}

const store = new MemoryStore(2 * keys);
for (const day of days)
  for (let from = 0; from < keys; from += 1000)
    await store.write(
      run,
      Array.from({ length: 1000 }, (_, index) => countOn(day, from + index)),
    );
await store.trim(days[1], days[0]);
const reader = new Worker(`require('node:worker_threads').parentPort.on('message', () => undefined)`, { eval: true });
await once(reader, 'online');
for (let repeat = 0; repeat < repeats; repeat += 1) {
  let [counts, histories] = [0, 0];
  const turnMs = await longestTurnDuring(() =>
    handOver(store, { reading: 1, range: undefined }, (message) => {
      if (message.kind === 'counts') counts += message.counts.length;
      if (message.kind === 'histories') histories += message.histories.length;
      reader.postMessage(message, []);
    }),
  );
  parentPort?.postMessage({ counts, histories, turnMs } satisfies HandedOver, []);
}
await reader.terminate();
