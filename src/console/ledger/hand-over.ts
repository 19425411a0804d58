import { setImmediate as nextTurn } from 'node:timers/promises';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { DayCount } from '../../ledger/entry.ts';
import type { LedgerStore } from '../../ledger/store.ts';
import { allDays, type DayRange } from './read/day-range.ts';
import type { ToThread } from './thread-messages.ts';

/**
 * Hand over a ledger that only its owner can read, in slices, so that callers are served between them.
 * @param range the days whose counts are wanted; undefined for everything
 */
export async function handOver(
  store: LedgerStore,
  { reading, range }: { readonly reading: number; readonly range: DayRange | undefined },
  send: (message: ToThread) => void,
): Promise<void> {
  const { first, last } = range ?? allDays;
  let counts: DayCount[] = [];
  for await (const count of store.read(first)) {
    if (count.day > last) break;
    counts.push(count);
    if (counts.length < fixedLimits.consoleSliceRows) continue;
    send({ kind: 'counts', reading, counts });
    counts = [];
    await nextTurn();
  }
  send({ kind: 'counts', reading, counts });
  const histories = range === undefined ? await store.histories() : [];
  for (let from = 0; from < histories.length; from += fixedLimits.consoleSliceRows) {
    await nextTurn();
    send({ kind: 'histories', reading, histories: histories.slice(from, from + fixedLimits.consoleSliceRows) });
  }
  send({ kind: 'end', reading, runs: await store.runs() });
}
