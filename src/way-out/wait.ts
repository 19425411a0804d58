import type { Rhythm } from './seen-days.ts';

/** The shortest time without a call after which a client may be gone, in days. */
export const leastWaitDays = 30;
/** The wait for a client that may come once a month: three months, and a weekend or a holiday. */
export const monthlyWaitDays = 95;
/** The number of its longest gaps for which a client must be silent. */
const gapsOfWait = 3;
/** The shortest gap that may be a month: February less a day. */
const shortestMonthDays = 27;

/** The reason for the length of a wait, in words for operators. */
export const waitReasons = {
  least: 'the shortest wait',
  gap: 'three times the longest gap',
  'month-turn': "seen at a month's end",
  monthly: 'seen at intervals of a month',
  short: `seen for less than ${monthlyWaitDays} days, which may hide longer gaps`,
} as const;

/** The time for which a client must be silent, and the reason for it. */
export interface Wait {
  readonly days: number;
  readonly reason: keyof typeof waitReasons;
}

/**
 * Return how long a client must be silent after its last day: 30 days, three times its longest gap, or 95 days if it may come
 * once a month or was seen for so short a time that its gaps tell little, whichever is longest. A gap is a difference of dates, and may be almost a day longer in hours: so a day is
 * added to it.
 */
export function waitOf({ first, last, longestGap, wasAtMonthTurn }: Rhythm): Wait {
  const gap = longestGap === 0 ? 0 : gapsOfWait * (longestGap + 1);
  if (gap > monthlyWaitDays) return { days: gap, reason: 'gap' };
  if (longestGap >= shortestMonthDays) return { days: monthlyWaitDays, reason: 'monthly' };
  if (wasAtMonthTurn) return { days: monthlyWaitDays, reason: 'month-turn' };
  if (last - first < monthlyWaitDays) return { days: monthlyWaitDays, reason: 'short' };
  return gap > leastWaitDays ? { days: gap, reason: 'gap' } : { days: leastWaitDays, reason: 'least' };
}
