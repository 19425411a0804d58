import type { LedgerRun } from '../ledger/entry.ts';
import { dayNumberOf } from '../ledger/days.ts';

/** The time after which a run that stores nothing has ended without order, or cannot reach its store. */
export const longestSilenceMs = 15 * 60_000;
/** The longest time between two runs that is a restart, in which no client is missed: it gets no answer, and comes again. */
const longestRestartMs = 60 * 60_000;

/** Days of which calls may be missing, from the first to the last. */
export interface DataGap {
  /** Numbers of days, from 1970-01-01. */
  readonly first: number;
  readonly last: number;
  /**
   * `none`: no gateway stored anything. `lost`: a gateway could not store for so long that it lost counts. `cut`: a gateway ended
   * before it had stored its last calls, or cannot store them.
   */
  readonly reason: 'none' | 'lost' | 'cut';
}

/** The time of which the ledger has data, and what is missing in it. */
export interface Coverage {
  /** The first time of which there are data, in milliseconds of Unix time; undefined without any. */
  readonly since: number | undefined;
  readonly gaps: readonly DataGap[];
}

/** Find the days without data among runs, in any order. @param now in milliseconds of Unix time */
export function coverageOf(runs: readonly LedgerRun[], now: number): Coverage {
  const inOrder = runs.toSorted((a, b) => a.startedAt - b.startedAt);
  const [earliest] = inOrder;
  if (earliest === undefined) return { since: undefined, gaps: [] };
  const gaps: DataGap[] = [];
  let until = earliest.startedAt;
  for (const { startedAt, storedAt, isClosed, lost } of inOrder) {
    if (startedAt - until > longestRestartMs) gaps.push(gapOf(until, startedAt, 'none'));
    until = Math.max(until, storedAt);
    if (lost !== undefined && lost.from <= now) gaps.push(gapOf(lost.from, Math.min(lost.until, now), 'lost'));
    if (!isClosed && now - storedAt > longestSilenceMs) gaps.push(gapOf(storedAt, storedAt, 'cut'));
  }
  if (now - until > longestRestartMs) gaps.push(gapOf(until, now, 'none'));
  return { since: earliest.startedAt, gaps: joined(gaps) };
}

function gapOf(from: number, until: number, reason: DataGap['reason']): DataGap {
  return { first: dayNumberOf(from), last: dayNumberOf(until), reason };
}

/** Join gaps that share days, so that each day is listed once. */
function joined(gaps: readonly DataGap[]): readonly DataGap[] {
  const result: DataGap[] = [];
  for (const gap of gaps.toSorted((a, b) => a.first - b.first)) {
    const former = result.at(-1);
    if (former === undefined || gap.first > former.last) {
      result.push(gap);
      continue;
    }
    const reason = reasonsInOrder.find((each) => each === former.reason || each === gap.reason) ?? gap.reason;
    result[result.length - 1] = { first: former.first, last: Math.max(former.last, gap.last), reason };
  }
  return result;
}

/** The reasons of gaps, from the one that hides most. */
const reasonsInOrder = ['none', 'lost', 'cut'] as const;
