import { localTimeOf, type TimeZone } from '../calendar/time-zone.ts';
import type { Recurrence } from '../calendar/recurrence.ts';
import type { WindowTimes } from '../calendar/windows.ts';
import { dayMs, dayText } from '../../ledger/days.ts';
import type { Selection } from '../selection.ts';

/** Write an instant in UTC, to the second. */
export function utcTime(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Write an instant as the clock of a place shows it, to the minute. */
export function localTime(instant: number, zone: TimeZone): string {
  return new Date(localTimeOf(instant, zone)).toISOString().slice(0, 16).replace('T', ' ');
}

/** Write a length of time: days and hours, hours and minutes, or minutes. */
export function durationText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const parts = [
    [days, 'd'],
    [hours, 'h'],
    [rest, 'min'],
  ] as const;
  const shown = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return shown.length === 0 ? 'less than a minute' : shown.join(' ');
}

/** Most values of a member of a selection that are listed. */
const mostValues = 5;

/** Describe a selection; one without members is `all`. */
export function selectionText(selection: Selection): string {
  const members = Object.entries(selection).map(([name, values]: readonly [string, readonly string[]]) => {
    const more = values.length - mostValues;
    return `${name} ${values.slice(0, mostValues).join(' or ')}${more > 0 ? ` or ${more} more` : ''}`;
  });
  return members.length === 0 ? 'all' : members.join(' and ');
}

/** Describe several selections. */
export function selectionsText(selections: readonly Selection[]): string {
  return selections.map(selectionText).join('; ');
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const ordinals: Readonly<Record<number, string>> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', [-1]: 'last' };

function recurrenceText(recurrence: Recurrence): string {
  switch (recurrence.kind) {
    case 'weekly':
      return `every ${weekdays[recurrence.weekday]}`;
    case 'weekday-of-month':
      return `every ${ordinals[recurrence.nth]} ${weekdays[recurrence.weekday]} of a month`;
    case 'day-of-month':
      return recurrence.day === -1 ? 'the last day of every month' : `day ${recurrence.day} of every month`;
    default:
      return recurrence satisfies never;
  }
}

/** Describe when a brownout is in force. @param zone the time zone of one that occurs once */
export function timesText(times: WindowTimes, zone: TimeZone): string {
  if (times.kind === 'once')
    return `${localTime(times.from, zone)} to ${localTime(times.to, zone)} ${zone.name} (${durationText(times.to - times.from)})`;
  const { recurrence, fromMinutes, toMinutes, since, until } = times;
  const bounds = [
    ...(since === undefined ? [] : [`from ${dayText(since)}`]),
    ...(until === undefined ? [] : [`until ${dayText(until)}`]),
  ];
  const end = toMinutes <= fromMinutes ? ' of the next day' : '';
  const clock = `${clockText(fromMinutes)} to ${clockText(toMinutes)}${end} ${times.zone.name}`;
  return [recurrenceText(recurrence), clock, ...bounds].join(', ');
}

function clockText(minutes: number): string {
  if (minutes * 60_000 === dayMs) return '24:00';
  return new Date(minutes * 60_000).toISOString().slice(11, 16);
}
