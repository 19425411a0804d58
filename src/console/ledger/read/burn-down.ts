import { dayNumberOf } from '../../../ledger/days.ts';
import { kindOfKey } from '../../../way-out/kinds.ts';
import type { KnownKey } from '../../../way-out/known-keys.ts';
import { isBreaking, nameOfReason } from '../../../way-out/need-of-reason.ts';
import { SeenDays } from '../../../way-out/seen-days.ts';
import type { LedgerReading } from './reading.ts';

/** The days of the window: those who call once a month stay visible between two calls. */
export const windowDays = 30;
/** The most days of a burn-down: two years and some weeks. */
const mostDays = 800;

/** The numbers of one reason for each day. */
export interface DailyNumbers {
  /** Null for all reasons that break. */
  readonly reason: string | null;
  readonly projects: readonly number[];
  readonly clients: readonly number[];
  readonly calls: readonly number[];
}

/** The numbers of all reasons, from a day on until the day of the reading. */
export interface DailySeries {
  /** The number of the first day. */
  readonly from: number;
  readonly series: readonly DailyNumbers[];
}

/** Count for each day who called on it or in the days of the window before, by reason. */
export function burnDownOf(reading: LedgerReading): DailySeries {
  const today = dayNumberOf(reading.at);
  const since = reading.coverage.since === undefined ? today : dayNumberOf(reading.coverage.since);
  const from = Math.max(Math.min(since, reading.calls.firstDay, today), today - mostDays + 1);
  const counted = reading.keys.filter((key) => ['needing', 'notBreaking'].includes(kindOfKey(key)));
  const byName = Map.groupBy(counted, ({ key }) => nameOfReason(key.reason));
  const all = counted.filter(({ key }) => isBreaking(key.reason));
  const numbers = (reason: string | null, keys: readonly KnownKey[]): DailyNumbers => ({
    reason,
    projects: distinctPerDay(keys, ({ key }) => key.project, from, today),
    clients: distinctPerDay(keys, ({ key }) => key.agent, from, today),
    calls: perDay(reading.calls.ofReason(reason), from, today),
  });
  const ofReasons = [...byName].map(([name, keys]) => numbers(name, keys));
  return { from, series: [numbers(null, all), ...ofReasons.toSorted(byWeight)] };
}

/** Compare reasons: those that break come first, and of them those that most projects needed for the longest time. */
function byWeight(a: DailyNumbers, b: DailyNumbers): number {
  const weightOf = ({ projects }: DailyNumbers): number => projects.reduce((sum, count) => sum + count, 0);
  return Number(isBreaking(b.reason ?? '')) - Number(isBreaking(a.reason ?? '')) || weightOf(b) - weightOf(a);
}

/** Count for each day the groups that were seen on it or in the days of the window before. */
function distinctPerDay(
  keys: readonly KnownKey[],
  nameOf: (key: KnownKey) => string,
  from: number,
  today: number,
): readonly number[] {
  // The difference of each day from the day before.
  const steps = new Int32Array(today - from + 2);
  for (const members of Map.groupBy(keys, nameOf).values()) {
    let covered = from;
    seenDaysOf(members).forEach((day) => {
      const begin = Math.max(day, covered);
      const end = Math.min(day + windowDays, today + 1);
      if (end <= begin) return;
      steps[begin - from] = (steps[begin - from] ?? 0) + 1;
      steps[end - from] = (steps[end - from] ?? 0) - 1;
      covered = end;
    });
  }
  let sum = 0;
  return [...steps.subarray(0, -1)].map((step) => (sum += step));
}

function seenDaysOf(keys: readonly KnownKey[]): SeenDays {
  const [first, second] = keys;
  if (first !== undefined && second === undefined) return first.days;
  const days = new SeenDays();
  for (const key of keys) days.addAll(key.days);
  return days;
}

function perDay(counts: ReadonlyMap<number, number>, from: number, today: number): readonly number[] {
  return Array.from({ length: today - from + 1 }, (_, at) => counts.get(from + at) ?? 0);
}
