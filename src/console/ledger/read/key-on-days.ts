import { setImmediate as nextTurn } from 'node:timers/promises';
import { fixedLimits } from '../../../config/fixed-limits.ts';
import type { DayCount } from '../../../ledger/entry.ts';
import { keyTextOf } from '../../../ledger/larger.ts';
import { KnownKeys, type KnownKey } from '../../../way-out/known-keys.ts';
import { otherKeyOf } from '../../../way-out/other-keys.ts';
import { rowsOfSlice, type LedgerReading } from './reading.ts';
import type { DayRange } from './day-range.ts';

/** A key that called on some days. */
export interface KeyOnDays {
  /** Its calls on those days. */
  readonly onDays: KnownKey;
  /** Its calls on all days, by which it is judged. */
  readonly whole: KnownKey;
}

/**
 * Add up the counts of some days by their keys. A key without room in the reading is counted as `(other)` here, too; one that the
 * reading does not know, because it is new, is judged by these days alone.
 * @param counts those from the first day on, in the order of days
 */
export async function keysOnDays(
  counts: AsyncIterable<DayCount>,
  { last }: DayRange,
  { keys, at }: Pick<LedgerReading, 'keys' | 'at'>,
): Promise<readonly KeyOnDays[]> {
  const wholes = new Map(keys.map((known) => [keyTextOf(known.key), known]));
  const isFull = wholes.size >= fixedLimits.consoleKeys;
  const found = new KnownKeys(at, 0, fixedLimits.consoleKeys);
  let rows = 0;
  for await (const count of counts) {
    if (count.day > last) break;
    const hasRoom = !isFull || wholes.has(keyTextOf(count.key));
    found.add(hasRoom ? count : { ...count, key: otherKeyOf(count.key) });
    rows += 1;
    if (rows % rowsOfSlice === 0) await nextTurn();
  }
  return found.values().map((onDays) => ({ onDays, whole: wholes.get(keyTextOf(onDays.key)) ?? onDays }));
}
