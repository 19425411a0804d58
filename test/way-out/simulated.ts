import type { DayCount, LedgerKey, LedgerRun } from '../../src/ledger/entry.ts';
import type { PastBrownout } from '../../src/way-out/brownout.ts';
import { coverageOf } from '../../src/way-out/data-gaps.ts';
import type { Dimension } from '../../src/way-out/groups.ts';
import { KnownKeys } from '../../src/way-out/known-keys.ts';
import { summaryOf, type WayOut } from '../../src/way-out/summary.ts';

const day = 86_400_000;

/** Return a time. @param text such as 2024-02-29 or 2024-02-29T12:00 */
export const at = (text: string): number => Date.parse(text.includes('T') ? `${text}Z` : `${text}T00:00:00Z`);

/** One call of a client. */
export interface Call {
  readonly time: number;
  readonly key: LedgerKey;
  readonly outcome: 'answered' | 'failed' | 'refused';
}

const someKey: LedgerKey = {
  project: 'p1',
  agent: 'fog/1.0',
  network: '192.0.2.0/24',
  operation: 'rebuild',
  reason: 'xml-request',
};

/** Make the calls of a client at some times. */
export const calls = (
  times: readonly number[],
  key: Partial<LedgerKey> = {},
  outcome: Call['outcome'] = 'answered',
): readonly Call[] => times.map((time) => ({ time, key: { ...someKey, ...key }, outcome }));

/** List times at the same distance, the last one excluded. */
export const each = (from: number, until: number, days: number): readonly number[] =>
  Array.from({ length: Math.ceil((until - from) / (days * day)) }, (_, index) => from + index * days * day);

/** Count a call as the ledger does. */
export const countOf = ({ time, key, outcome }: Call): DayCount => ({
  key,
  day: new Date(time).toISOString().slice(0, 10),
  answered: outcome === 'answered' ? 1 : 0,
  failed: outcome === 'answered' ? 0 : 1,
  refused: outcome === 'refused' ? 1 : 0,
  first: time,
  last: time,
  requestId: `req-${time}`,
});

/** Make a run that is closed, unless it ends after the time of a report. */
export const run = (startedAt: number, storedAt: number, isClosed = true): LedgerRun => ({
  instance: 'gateway-1',
  boot: `boot-${startedAt}`,
  version: '0.2.0',
  startedAt,
  storedAt,
  isClosed,
  others: 0,
});

/** Make a brownout for everybody. */
export const brownout = (from: number, hours = 24): PastBrownout => ({
  from,
  until: from + hours * 3_600_000,
  isForAll: true,
  covers: () => true,
});

/** A history as a ledger would have it. */
export interface Simulated {
  readonly calls: readonly Call[];
  readonly runs: readonly LedgerRun[];
  readonly brownouts?: readonly PastBrownout[];
}

/** Report as the ledger would have stood at a time. */
export function reportAt(
  now: number,
  { calls: all, runs, brownouts = [] }: Simulated,
  by: readonly Dimension[] = ['project'],
  project?: string,
): WayOut {
  const known = new KnownKeys(now, 0);
  for (const call of all) if (call.time <= now) known.add(countOf(call));
  const past = runs
    .filter(({ startedAt }) => startedAt <= now)
    .map((one) => (one.storedAt > now ? { ...one, storedAt: now, isClosed: false } : one));
  const data = { keys: known.values(), coverage: coverageOf(past, now), brownouts };
  return summaryOf(data, { by, project, sinceDay: 0, now });
}
