import { dayMilliseconds, dayOf, type DayNumber } from './dates.ts';
import { daysOf, type Recurrence } from './recurrence.ts';
import { instantOf, localTimeOf, type TimeZone } from './time-zone.ts';

/** A stretch of time in milliseconds of Unix time; its end does not belong to it. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** One window, or windows that recur. */
export type WindowTimes =
  | (TimeWindow & { readonly kind: 'once' })
  | {
      readonly kind: 'recurring';
      readonly recurrence: Recurrence;
      readonly zone: TimeZone;
      /** The local times of beginning and end, in minutes after midnight; an end that is not later is on the next day. */
      readonly fromMinutes: number;
      readonly toMinutes: number;
      /** The first and the last day on which a window may begin. */
      readonly since: DayNumber | undefined;
      readonly until: DayNumber | undefined;
    };

/** List the windows that end after an instant, in order. Those that recur do so until the last day that is computed. */
export function* windowsOf(times: WindowTimes, after: number): Generator<TimeWindow> {
  if (times.kind === 'once') {
    if (times.to > after) yield { from: times.from, to: times.to };
    return;
  }
  const { recurrence, zone, fromMinutes, toMinutes, since = -Infinity, until = Infinity } = times;
  const lengthDays = toMinutes > fromMinutes ? 0 : 1;
  // A window that has begun the day before may last into this day.
  const start = Math.max(dayOf(localTimeOf(after, zone)) - 2, since);
  for (const day of daysOf(recurrence, start)) {
    if (day > until) return;
    const from = instantAt(day, fromMinutes, zone);
    const to = instantAt(day + lengthDays, toMinutes, zone);
    // A window of times of which the first does not occur on that day may be empty: 02:30 to 03:00, when 03:00 follows 02:00.
    if (to > after && to > from) yield { from, to };
  }
}

function instantAt(day: DayNumber, minutes: number, zone: TimeZone): number {
  return instantOf(day * dayMilliseconds + minutes * 60_000, zone);
}
