import type { DayCount, KeyHistory, LedgerKey, LedgerRun, LostSpan } from './entry.ts';

/** Join the parts of a key to one text. The parts hold no control characters. */
export function keyTextOf({ project, agent, network, operation, reason }: LedgerKey): string {
  return `${project}\n${agent}\n${network}\n${operation}\n${reason}`;
}

/** Merge two counts of the same run, key and day: counts only grow, so that the larger of each is the later one. */
export function largerCount(a: DayCount, b: DayCount): DayCount {
  return {
    ...a,
    answered: Math.max(a.answered, b.answered),
    failed: Math.max(a.failed, b.failed),
    ...refusedOf(Math.max(a.refused ?? 0, b.refused ?? 0)),
    ...spanOf(a, b),
  };
}

/** Add the counts of two runs of the same key and day. */
export function sumOfCounts(a: DayCount, b: DayCount): DayCount {
  return {
    ...a,
    answered: a.answered + b.answered,
    failed: a.failed + b.failed,
    ...refusedOf((a.refused ?? 0) + (b.refused ?? 0)),
    ...spanOf(a, b),
  };
}

/** Make the member `refused` of a count, which is left out for none. */
export function refusedOf(refused: number): Pick<DayCount, 'refused'> {
  return refused > 0 ? { refused } : {};
}

function spanOf(a: DayCount, b: DayCount): Pick<DayCount, 'first' | 'last' | 'requestId'> {
  return {
    first: Math.min(a.first, b.first),
    last: Math.max(a.last, b.last),
    requestId: b.last >= a.last ? b.requestId : a.requestId,
  };
}

/** Merge two reports of the same run. */
export function laterRun(a: LedgerRun, b: LedgerRun): LedgerRun {
  return {
    ...b,
    storedAt: Math.max(a.storedAt, b.storedAt),
    isClosed: a.isClosed || b.isClosed,
    others: Math.max(a.others, b.others),
    ...lostOf(joinedSpan(a.lost, b.lost)),
  };
}

/** Make the member `lost` of a run, which is left out for none. */
export function lostOf(lost: LostSpan | undefined): Pick<LedgerRun, 'lost'> {
  return lost === undefined ? {} : { lost };
}

/** Join two spans of lost counts to the shortest one that has both. */
export function joinedSpan(a: LostSpan | undefined, b: LostSpan | undefined): LostSpan | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return { from: Math.min(a.from, b.from), until: Math.max(a.until, b.until) };
}

/** Add a removed day, later than those before, to the history of its key. @param gapDays the days since the former removed day */
export function longerHistory(history: KeyHistory | undefined, removed: DayCount, gapDays: number): KeyHistory {
  const { key, first, last } = removed;
  if (history === undefined) return { key, first, last, longestGapDays: 0 };
  return {
    key,
    first: Math.min(history.first, first),
    last: Math.max(history.last, last),
    longestGapDays: Math.max(history.longestGapDays, gapDays),
  };
}
