const second = 1000;
const day = 86_400_000;

/** A clock of a place: its distance from UTC at each instant. */
export interface TimeZone {
  /** The name in the IANA database, such as `Europe/Berlin`. */
  readonly name: string;
  /** Return local time minus UTC at an instant of Unix time, in milliseconds. */
  readonly offsetAt: (instant: number) => number;
}

/** A time of a local clock: the Unix time, in milliseconds, at which a clock in UTC shows the same. */
export type LocalTime = number;

export const utc: TimeZone = { name: 'UTC', offsetAt: () => 0 };

/** Find a time zone by its name, by the rules that node brings with it. @returns undefined for a name that it does not know */
export function timeZoneOf(name: string): TimeZone | undefined {
  // Intl takes an offset such as +01:00 as well, which has no rules for summer time.
  if (!/^[A-Za-z]/.test(name)) return undefined;
  if (name === 'UTC') return utc;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    return { name, offsetAt: (instant) => shownBy(format, instant) - Math.floor(instant / second) * second };
  } catch {
    return undefined;
  }
}

/** Return the local time of an instant. */
export function localTimeOf(instant: number, zone: TimeZone): LocalTime {
  return instant + zone.offsetAt(instant);
}

/**
 * Return the instant of a local time, by the rule of RFC 5545, 3.3.5. A time that occurs twice, when clocks are put back, is
 * the first of both. A time that does not occur, when clocks are put forward, counts by the offset before: 02:30 is 03:30 then.
 */
export function instantOf(local: LocalTime, zone: TimeZone): number {
  // No place is more than a day from UTC, and none changes its clocks twice within two days.
  const before = zone.offsetAt(local - day);
  const after = zone.offsetAt(local + day);
  const first = local - before;
  if (before === after || zone.offsetAt(first) === before) return first;
  const second = local - after;
  return zone.offsetAt(second) === after ? second : first;
}

/** Read what the clock of a format shows at an instant. */
function shownBy(format: Intl.DateTimeFormat, instant: number): LocalTime {
  const shown = new Map<string, number>();
  for (const { type, value } of format.formatToParts(instant)) shown.set(type, Number(value));
  const at = (type: Intl.DateTimeFormatPartTypes): number => shown.get(type) ?? 0;
  return Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
}
