import { createHash } from 'node:crypto';
import { dayMs, dayNumberOf, dayText } from '../../../src/ledger/days.ts';
import type { DayCount } from '../../../src/ledger/entry.ts';
import { simulatedDays, type Rhythm, type SimulatedCaller, type SimulatedCalls } from './simulated-callers.ts';

/** Days without data, in days before today: as if the gateways had been away. */
export const simulatedGap = { from: 104, until: 101 } as const;

const hourMs = 3_600_000;
/** The time of a day in which clients call. */
const activeMs = 14 * hourMs;
/** The weekdays of Date. */
const [sunday, saturday] = [0, 6];

/** Make the counts of simulated callers up to a time, in the order of their days. The same time gives the same counts. */
export function simulatedCounts(callers: readonly SimulatedCaller[], now: number): readonly DayCount[] {
  const today = dayNumberOf(now);
  const days = Array.from({ length: simulatedDays + 1 }, (_, index) => simulatedDays - index).filter(
    (ago) => ago > simulatedGap.from || ago < simulatedGap.until,
  );
  return days.flatMap((ago) =>
    callers
      .filter(
        ({ from = simulatedDays, until = 0, rhythm }) => ago <= from && ago >= until && isCalling(rhythm, today - ago),
      )
      .flatMap((caller) => countsOn(today - ago, caller, now)),
  );
}

function isCalling(rhythm: Rhythm, day: number): boolean {
  const date = new Date(day * dayMs);
  switch (rhythm) {
    case 'daily':
      return true;
    case 'workdays':
      return ![sunday, saturday].includes(date.getUTCDay());
    case 'weekly':
      return date.getUTCDay() === 2;
    case 'ends':
      return new Date((day + 1) * dayMs).getUTCDate() === 1;
    default:
      return rhythm satisfies never;
  }
}

function countsOn(day: number, caller: SimulatedCaller, now: number): readonly DayCount[] {
  return caller.calls.flatMap((calls) => {
    const digest = digestOf(day, caller, calls);
    const first = Math.round(day * dayMs + (5 + variationIn(digest, 0) * 2) * hourMs);
    if (first >= now) return [];
    const last = Math.min(now, first + activeMs);
    // Today is not over yet.
    const share = (last - first) / activeMs;
    const total = Math.max(1, Math.round(calls.perDay * (0.7 + 0.6 * variationIn(digest, 4)) * share));
    const failed = Math.round((total * (caller.failing ?? 0)) / 100);
    const { project, agent, network } = caller;
    return calls.reasons.map((reason) => ({
      key: { project, agent, network, operation: calls.operation, reason },
      day: dayText(day),
      answered: total - failed,
      failed,
      first,
      last,
      requestId: requestIdOf(digest),
    }));
  });
}

/** Read a number from 0 to 1 in a digest. @param place of its first digit */
function variationIn(digest: string, place: number): number {
  return Number.parseInt(digest.slice(place, place + 4), 16) / 0xff_ff;
}

function requestIdOf(digest: string): string {
  const [, ...parts] = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(digest) ?? [];
  return `req-${parts.join('-')}`;
}

/** Make a text that looks random, and is the same for the same calls of a day. */
function digestOf(day: number, { project, agent }: SimulatedCaller, { operation }: SimulatedCalls): string {
  return createHash('md5').update(`${day} ${project} ${agent} ${operation}`).digest('hex');
}
