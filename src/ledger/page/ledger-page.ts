import { setImmediate as nextTurn } from 'node:timers/promises';
import { dayNumberIn } from '../days.ts';
import type { DayCount, KeyHistory, LedgerKey, LedgerRun } from '../entry.ts';
import { keyTextOf } from '../larger.ts';
import type { LedgerStore } from '../store.ts';

/** A count of a page. `key` is the place of its key in the list of the page. */
export interface PageCount extends Omit<DayCount, 'key'> {
  readonly key: number;
}

/** A history of a page. */
export interface PageHistory extends Omit<KeyHistory, 'key'> {
  readonly key: number;
}

/** A part of the ledger as JSON: whole days. The last page has the runs and the histories, too. */
export interface LedgerPage {
  readonly keys: readonly LedgerKey[];
  readonly days: readonly PageCount[];
  /** The day from which the next page begins; null on the last page. */
  readonly next: string | null;
  readonly runs: readonly LedgerRun[];
  readonly histories: readonly PageHistory[];
}

/** Counts after which a page ends with the end of the day. */
const usualCounts = 10_000;
/** The first day, if none is asked for. */
const firstDay = '1970-01-01';
/** Rows that are read or printed in one go: less than a millisecond, so that it stays short on a machine whose cores are busy. */
const rowsOfSlice = 200;

/** Check the first day of a page. */
export function isDay(text: string): boolean {
  return Number.isFinite(dayNumberIn(text));
}

/** Read a page from a day on, with pauses, so that a long one does not hold the event loop. @throws {LedgerStoreError} */
export async function readLedgerPage(store: LedgerStore, from: string = firstDay): Promise<LedgerPage> {
  const keys = new KeyList();
  const days: PageCount[] = [];
  for await (const { key, ...count } of store.read(from)) {
    if (days.length >= usualCounts && count.day !== days.at(-1)?.day)
      return { keys: keys.list, days, next: count.day, runs: [], histories: [] };
    days.push({ key: keys.placeOf(key), ...count });
    if (days.length % rowsOfSlice === 0) await nextTurn();
  }
  const runs = await store.runs();
  const histories = (await store.histories()).map(({ key, ...history }) => ({ key: keys.placeOf(key), ...history }));
  return { keys: keys.list, days, next: null, runs, histories };
}

/** Print a page as JSON in UTF-8, with pauses, so that a long one does not hold the event loop: each slice is encoded by itself. */
export async function printLedgerPage({ next, ...lists }: LedgerPage): Promise<Buffer> {
  const parts = [Buffer.from(`{"next":${JSON.stringify(next)}`)];
  for (const [name, rows] of Object.entries(lists)) {
    parts.push(Buffer.from(`,${JSON.stringify(name)}:[`));
    for (let at = 0; at < rows.length; at += rowsOfSlice) {
      const slice = JSON.stringify(rows.slice(at, at + rowsOfSlice)).slice(1, -1);
      parts.push(Buffer.from(at === 0 ? slice : `,${slice}`));
      await nextTurn();
    }
    parts.push(Buffer.from(']'));
  }
  parts.push(Buffer.from('}\n'));
  return Buffer.concat(parts);
}

/** The keys of a page, each once. */
class KeyList {
  readonly list: LedgerKey[] = [];
  readonly #places = new Map<string, number>();

  placeOf(key: LedgerKey): number {
    const text = keyTextOf(key);
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.list.length);
    return this.list.push(key) - 1;
  }
}
