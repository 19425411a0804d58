import { instantOf, type LocalTime, type TimeZone } from './time-zone.ts';

/** A date of the calendar: the number of days since 1970-01-01. */
export type DayNumber = number;

export const dayMilliseconds = 86_400_000;

/** The first and the last year that a file may name; others are slips of the pen. */
const firstYear = 2000;
const lastYear = 2199;

/** The last day that is computed: recurring windows end with it. */
export const lastDay: DayNumber = Date.UTC(lastYear, 11, 31) / dayMilliseconds;

/** A date or a time as a file gives it, or the sentence why it is none. */
export type Read<T> = { readonly value: T } | { readonly problem: string };

/** Return the date of a local time. */
export function dayOf(local: LocalTime): DayNumber {
  return Math.floor(local / dayMilliseconds);
}

/** Return the number of days of a month. @param month from 0 for January */
export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** Read a date: YYYY-MM-DD. */
export function readDate(text: string): Read<DayNumber> {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined)
    return { problem: 'it must be a date, such as 2027-03-31' };
  if (year < firstYear || year > lastYear) return { problem: `its year must be from ${firstYear} to ${lastYear}` };
  const name = months[month - 1];
  if (name === undefined) return { problem: 'its month must be from 01 to 12' };
  const most = daysIn(year, month - 1);
  if (day < 1 || day > most) return { problem: `${name} ${year} has the days from 01 to ${most}` };
  return { value: Date.UTC(year, month - 1, day) / dayMilliseconds };
}

/** Read the time of a day, HH:MM, as minutes after midnight. @param mayBeMidnight true if 24:00 is allowed: the end of the day */
export function readTimeOfDay(text: string, mayBeMidnight = false): Read<number> {
  const [, hours, minutes] = (/^(\d\d):(\d\d)$/.exec(text) ?? []).map(Number);
  if (hours === undefined || minutes === undefined) return { problem: 'it must be a time, such as 10:00' };
  if (mayBeMidnight && hours === 24 && minutes === 0) return { value: 1440 };
  if (hours > 23 || minutes > 59)
    return { problem: `it must be a time from 00:00 to ${mayBeMidnight ? '24:00' : '23:59'}` };
  return { value: hours * 60 + minutes };
}

const wantedMoment = 'it must be a date, such as 2027-03-31, or a date with a time, such as 2027-03-31T10:00';

/**
 * Read a moment: a date, which means its midnight, or a date and a time, with Z or an offset from UTC or without.
 * @param zone the time zone of a moment without an offset
 * @returns the instant in milliseconds of Unix time
 */
export function readMoment(text: string, zone: TimeZone): Read<number> {
  const [, date, time = '00:00', seconds = '00', offset] =
    /^([\d-]+)(?:T(\d\d:\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  if (date === undefined) return { problem: wantedMoment };
  const day = readDate(date);
  if ('problem' in day) return date.length === 10 ? day : { problem: wantedMoment };
  const minutes = readTimeOfDay(time);
  if ('problem' in minutes) return minutes;
  if (seconds > '59') return { problem: 'its seconds must be from 00 to 59' };
  const local = day.value * dayMilliseconds + minutes.value * 60_000 + Number(seconds) * 1000;
  if (offset === undefined) return { value: instantOf(local, zone) };
  const distance = offset === 'Z' ? { value: 0 } : readTimeOfDay(offset.slice(1));
  if ('problem' in distance) return { problem: 'its offset must be Z, or one such as +01:00' };
  return { value: local - (offset.startsWith('-') ? -1 : 1) * distance.value * 60_000 };
}
