import { setImmediate as nextTurn } from 'node:timers/promises';
import { fixedLimits } from '../../../config/fixed-limits.ts';
import type { DayCount, KeyHistory, LedgerRun } from '../../../ledger/entry.ts';
import { hasSimulatedRun } from '../../../ledger/simulated.ts';
import type { LedgerStore } from '../../../ledger/store.ts';
import type { RetirementFile } from '../../../retirement/retirement-file.ts';
import { pastBrownouts } from '../../../way-out/brownouts/past-brownouts.ts';
import { coverageOf } from '../../../way-out/data-gaps.ts';
import { dayNumberOf, dayText } from '../../../ledger/days.ts';
import { KnownKeys, type KnownKey } from '../../../way-out/known-keys.ts';
import type { WayOutData } from '../../../way-out/summary.ts';
import type { ReplicaRow } from '../../views/replica-types.ts';
import { DayCalls } from './day-calls.ts';
import { replicasOf } from './replicas.ts';
import { RefusedDays } from './refused-days.ts';

/** The ledger as it was at a time. */
export interface LedgerReading extends WayOutData {
  /** The time, in milliseconds of Unix time. */
  readonly at: number;
  readonly calls: DayCalls;
  /** Needs that were counted without names, because the ledger was full. */
  readonly others: number;
  /** The keys with the calls of the last {@link recentDays} only. */
  readonly recent: readonly KnownKey[];
  readonly refused: RefusedDays;
  /** The gateways that have stored something. */
  readonly replicas: readonly ReplicaRow[];
  /** True if no other process can read the ledger: it is in memory. */
  readonly isOfThisAlone: boolean;
  /** The path of the retirement file; '' for none. */
  readonly retirementPath: string;
  /** Undefined without one, and for one with mistakes. */
  readonly retirement: RetirementFile | undefined;
  /** True if a demo made up a part of it. */
  readonly isSimulated: boolean;
}

/** The retirement file of a gateway, and the place of its ledger. */
export interface ReadingSurroundings {
  /** The path of the file; '' for none. */
  readonly path: string;
  /** Undefined for one with mistakes. */
  readonly file: RetirementFile | undefined;
  readonly isOfThisAlone: boolean;
}

/** The days of the calls by which the effect of a retirement file is told, as by `retire plan`. */
export const recentDays = 30;

/** The contents of a store. */
export interface LedgerContents {
  readonly counts: AsyncIterable<DayCount>;
  /** Read what is small, after the counts. */
  readonly rest: () => Promise<{ readonly runs: readonly LedgerRun[]; readonly histories: readonly KeyHistory[] }>;
}

/** Rows that are read in one go: some ten milliseconds. */
export const rowsOfSlice = 2000;

/** Return the contents of a store, from a day on. */
export function contentsOf(store: LedgerStore, firstDay: string): LedgerContents {
  return {
    counts: store.read(firstDay),
    rest: async () => ({ runs: await store.runs(), histories: await store.histories() }),
  };
}

/** Read a ledger, as `report` does. @throws {LedgerStoreError} */
export async function readLedger(
  contents: LedgerContents,
  now: number,
  { path, file, isOfThisAlone }: ReadingSurroundings,
): Promise<LedgerReading> {
  const { keys, recent, refused, calls } = await readCounts(contents.counts, now);
  const { runs, histories } = await contents.rest();
  for (const history of histories) keys.addHistory(history);
  const coverage = coverageOf(
    runs.map((run) => ({ ...run, storedAt: Math.min(run.storedAt, now) })),
    now,
  );
  return {
    at: now,
    keys: keys.values(),
    recent: recent.values(),
    coverage,
    brownouts: file === undefined ? [] : pastBrownouts(file, coverage.since ?? now, now),
    calls,
    refused,
    others: runs.reduce((sum, run) => sum + run.others, 0),
    replicas: replicasOf(runs, now),
    isOfThisAlone,
    retirementPath: path,
    retirement: file,
    isSimulated: hasSimulatedRun(runs),
  };
}

/** The sums of the counts of a ledger. */
interface CountSums {
  readonly keys: KnownKeys;
  readonly recent: KnownKeys;
  readonly refused: RefusedDays;
  readonly calls: DayCalls;
}

async function readCounts(counts: AsyncIterable<DayCount>, now: number): Promise<CountSums> {
  const sinceDay = dayNumberOf(now) - recentDays;
  const firstRecent = dayText(sinceDay);
  const keys = new KnownKeys(now, 0, fixedLimits.consoleKeys);
  const recent = new KnownKeys(now, sinceDay, fixedLimits.consoleKeys);
  const refused = new RefusedDays();
  const calls = new DayCalls(now, fixedLimits.consoleProjectDays);
  let rows = 0;
  for await (const count of counts) {
    keys.add(count);
    calls.add(count);
    refused.add(count);
    if (count.day >= firstRecent) recent.add(count);
    rows += 1;
    // Questions that the last reading can answer have their turn.
    if (rows % rowsOfSlice === 0) await nextTurn();
  }
  calls.finish();
  return { keys, recent, refused, calls };
}
