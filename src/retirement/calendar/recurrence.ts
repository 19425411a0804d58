import { dayMilliseconds, daysIn, lastDay, type DayNumber } from './dates.ts';

/** The days on which something recurs: each week, or once a month by a weekday or by the number of the day. */
export type Recurrence =
  | { readonly kind: 'weekly'; readonly weekday: number }
  /** `nth` is 1 to 4, or -1 for the last one. */
  | { readonly kind: 'weekday-of-month'; readonly nth: number; readonly weekday: number }
  /** `day` is 1 to 28, or -1 for the last day. */
  | { readonly kind: 'day-of-month'; readonly day: number };

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const ordinals: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3, fourth: 4, last: -1 };

/** The last day of a month that all months have. */
const mostDay = 28;

/** The values that {@link recurrenceIn} reads: the end of a sentence that begins "it must be". */
export const recurrenceRule = `a weekday such as monday, one of a month such as first monday or last friday, the last day, or a day of the month from day 1 to day ${mostDay}`;

/** Read when something recurs; undefined for a text that does not say it. */
export function recurrenceIn(text: string): Recurrence | undefined {
  const [first = '', second, ...more] = text.split(' ');
  if (more.length > 0) return undefined;
  if (second === undefined) return weeklyOn(weekdays.indexOf(first as (typeof weekdays)[number]));
  if (first === 'day') {
    const day = /^\d{1,2}$/.test(second) ? Number(second) : 0;
    return day >= 1 && day <= mostDay ? { kind: 'day-of-month', day } : undefined;
  }
  const nth = Object.hasOwn(ordinals, first) ? ordinals[first] : undefined;
  if (nth === undefined) return undefined;
  if (second === 'day') return nth === -1 ? { kind: 'day-of-month', day: -1 } : undefined;
  const weekday = weekdays.findIndex((name) => name === second);
  return weekday === -1 ? undefined : { kind: 'weekday-of-month', nth, weekday };
}

function weeklyOn(weekday: number): Recurrence | undefined {
  return weekday === -1 ? undefined : { kind: 'weekly', weekday };
}

/** List the days of a recurrence from a day on, in order, up to the last day that is computed. */
export function* daysOf(recurrence: Recurrence, from: DayNumber): Generator<DayNumber> {
  if (recurrence.kind === 'weekly') {
    const first = from + ((recurrence.weekday - weekdayOf(from) + 7) % 7);
    for (let day = first; day <= lastDay; day += 7) yield day;
    return;
  }
  const start = new Date(from * dayMilliseconds);
  for (let month = start.getUTCFullYear() * 12 + start.getUTCMonth(); ; month += 1) {
    const day = dayInMonth(recurrence, Math.floor(month / 12), month % 12);
    if (day > lastDay) return;
    if (day >= from) yield day;
  }
}

/** Find the day of a monthly recurrence in a month. */
function dayInMonth(recurrence: Exclude<Recurrence, { kind: 'weekly' }>, year: number, month: number): DayNumber {
  const first = Date.UTC(year, month, 1) / dayMilliseconds;
  const last = first + daysIn(year, month) - 1;
  if (recurrence.kind === 'day-of-month') return recurrence.day === -1 ? last : first + recurrence.day - 1;
  const { nth, weekday } = recurrence;
  if (nth === -1) return last - ((weekdayOf(last) - weekday + 7) % 7);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7;
}

/** Return the weekday of a date, from 0 for Sunday; 1970-01-01 was a Thursday. */
function weekdayOf(day: DayNumber): number {
  return (((day + 4) % 7) + 7) % 7;
}
