import * as fc from 'fast-check';
import { dayMs, dayNumberIn, dayText } from '../../src/ledger/days.ts';
import type { DayCount, LedgerKey, LedgerRun } from '../../src/ledger/entry.ts';
import { keyTextOf } from '../../src/ledger/larger.ts';
import type { LedgerStore } from '../../src/ledger/store.ts';

/** A key whose members differ from the others of a test only where it matters. */
export function keyOf(members: Partial<LedgerKey> = {}): LedgerKey {
  return {
    project: 'p1',
    agent: 'python-novaclient',
    network: '192.0.2.0/24',
    operation: 'rebuild',
    reason: 'xml-request',
    ...members,
  };
}

/** A count of a key at a time of day. */
export function countOf(day: string, members: Partial<DayCount> = {}): DayCount {
  const noon = dayNumberIn(day) * dayMs + dayMs / 2;
  return { key: keyOf(), day, answered: 1, failed: 0, first: noon, last: noon, requestId: 'r', ...members };
}

/** A run that has stored everything up to a day. */
export function runOf(boot: string, members: Partial<LedgerRun> = {}): LedgerRun {
  const startedAt = Date.parse('2026-01-01T00:00:00Z');
  return {
    instance: 'host',
    boot,
    version: '1.0.0',
    startedAt,
    storedAt: startedAt,
    isClosed: false,
    others: 0,
    ...members,
  };
}

const placeOf = ({ day, key }: DayCount): string => `${day} ${keyTextOf(key)}`;

/** Read all counts of a store, in an order that does not depend on it. */
export async function countsIn(store: LedgerStore, fromDay = '1970-01-01'): Promise<readonly DayCount[]> {
  const found: DayCount[] = [];
  for await (const count of store.read(fromDay)) found.push(count);
  return found.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

/** A write of a run: the counts as they were at some moment. */
export interface LedgerWrite {
  readonly run: LedgerRun;
  readonly counts: readonly DayCount[];
}

/** The writes of several runs in the order in which each made them, and the sums that they must have in the end. */
export interface LedgerHistory {
  readonly writes: readonly LedgerWrite[];
  readonly sums: ReadonlyMap<string, { readonly answered: number; readonly failed: number }>;
}

const event = fc.record({
  run: fc.integer({ min: 0, max: 2 }),
  key: fc.integer({ min: 0, max: 3 }),
  isAnswered: fc.boolean(),
  /** A write of the run follows. */
  isWritten: fc.boolean(),
  isNextDay: fc.boolean(),
});

/** Generate exchanges of three runs over some days, with the writes that they cause. */
export const histories: fc.Arbitrary<LedgerHistory> = fc.array(event, { minLength: 1, maxLength: 60 }).map((events) => {
  const cells = new Map<string, DayCount>();
  const writes: LedgerWrite[] = [];
  let day = dayNumberIn('2026-03-28');
  const write = (run: number, at: number): void => {
    const own = [...cells].filter(([text]) => text.startsWith(`${run} `)).map(([, count]) => count);
    writes.push({ run: runOf(`boot-${run}`, { storedAt: at }), counts: own });
  };
  events.forEach(({ run, key, isAnswered, isWritten, isNextDay }, index) => {
    if (isNextDay) day += 1;
    const at = day * dayMs + index;
    const text = `${run} ${day} ${key}`;
    const { answered = 0, failed = 0, first = at } = cells.get(text) ?? {};
    cells.set(text, {
      key: keyOf({ reason: `reason-${key}` }),
      day: dayText(day),
      answered: answered + Number(isAnswered),
      failed: failed + Number(!isAnswered),
      first,
      last: at,
      requestId: `r-${index}`,
    });
    if (isWritten) write(run, at);
  });
  for (const run of [0, 1, 2]) write(run, (day + 1) * dayMs);
  const sums = new Map<string, { answered: number; failed: number }>();
  for (const { day: of, key, answered, failed } of cells.values()) {
    const sum = sums.get(`${of} ${key.reason}`) ?? { answered: 0, failed: 0 };
    sums.set(`${of} ${key.reason}`, { answered: sum.answered + answered, failed: sum.failed + failed });
  }
  return { writes, sums };
});
