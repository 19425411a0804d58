import { readDate, readMoment, readTimeOfDay } from '../calendar/dates.ts';
import { recurrenceIn, recurrenceRule } from '../calendar/recurrence.ts';
import { timeZoneOf, utc, type TimeZone } from '../calendar/time-zone.ts';
import type { WindowTimes } from '../calendar/windows.ts';
import type { Brownout } from '../retirement-file.ts';
import { FileMembers } from './file-members.ts';
import { brownoutDocs } from './member-docs.ts';
import { nameOf } from './read-name.ts';
import { readSelections, type SelectionContext } from './read-selection.ts';

const memberNames = Object.keys(brownoutDocs);

export const momentRule = 'a date, such as 2027-03-31, or a date with a time, such as 2027-03-31T10:00';
export const zoneRule = 'a time zone by its IANA name, such as Europe/Berlin';

/** Read a brownout. @param zone the time zone of the file; undefined if it has a mistake */
export function readBrownout(
  value: unknown,
  path: string,
  zone: TimeZone | undefined,
  context: SelectionContext,
): Brownout | undefined {
  const members = FileMembers.of(value, path, memberNames, context.mistakes);
  if (members === undefined) return undefined;
  const own = readZone(members, zone);
  const times = members.value('every') === undefined ? readOnce(members, own) : readRecurring(members, own);
  const except = readSelections(members, 'except', context);
  const only = members.value('only') === undefined ? undefined : readSelections(members, 'only', context);
  if (only?.length === 0 && Array.isArray(members.value('only')))
    members.mistakes.say(
      members.at('only'),
      'selects nothing; leave it away, so that the brownout is about all exchanges',
    );
  const name = nameOf(members);
  return times && { name, times, only, except };
}

/** Read the member timeZone. @param fallback the time zone without one */
export function readZone(members: FileMembers, fallback: TimeZone | undefined): TimeZone | undefined {
  if (members.value('timeZone') === undefined) return fallback;
  return members.parsed('timeZone', zoneRule, (text) => {
    const value = timeZoneOf(text);
    return value === undefined ? { problem: `it must be ${zoneRule}` } : { value };
  });
}

/** Read a window that occurs once. If the time zone has a mistake, only the form of its times is checked. */
function readOnce(members: FileMembers, zone: TimeZone | undefined): WindowTimes | undefined {
  for (const name of ['since', 'until'])
    if (members.value(name) !== undefined) members.mistakes.say(members.at(name), 'needs every beside it; remove it');
  const from = required(members, 'from', momentRule, zone);
  const to = required(members, 'to', momentRule, zone);
  if (from === undefined || to === undefined || zone === undefined) return undefined;
  if (to > from) return { kind: 'once', from, to };
  members.wrong('to', `the brownout is empty: it must be later than from (${utcText(from)})`);
  return undefined;
}

function required(members: FileMembers, name: string, rule: string, zone: TimeZone | undefined): number | undefined {
  if (members.value(name) === undefined) members.mistakes.say(members.path, `has no ${name}; it must be ${rule}`);
  return members.parsed(name, rule, (text) => readMoment(text, zone ?? utc));
}

function readRecurring(members: FileMembers, zone: TimeZone | undefined): WindowTimes | undefined {
  const recurrence = members.parsed('every', recurrenceRule, (text) => {
    const found = recurrenceIn(text);
    if (found !== undefined) return { value: found };
    const isMeant = recurrenceIn(text.toLowerCase()) !== undefined;
    return { problem: isMeant ? `write ${text.toLowerCase()}` : `it must be ${recurrenceRule}` };
  });
  const fromMinutes = requiredTime(members, 'from', false);
  const toMinutes = requiredTime(members, 'to', true);
  const dateRule = 'a date, such as 2027-03-31';
  const since = members.parsed('since', dateRule, readDate);
  const until = members.parsed('until', dateRule, readDate);
  if (since !== undefined && until !== undefined && until < since)
    members.wrong('until', 'it must not be before since');
  if (fromMinutes !== undefined && fromMinutes === toMinutes)
    return members.wrong('to', 'the brownout is empty: write 00:00 to 24:00 for a whole day');
  if (recurrence === undefined || fromMinutes === undefined || toMinutes === undefined || zone === undefined)
    return undefined;
  return { kind: 'recurring', recurrence, zone, fromMinutes, toMinutes, since, until };
}

function requiredTime(members: FileMembers, name: string, mayBeMidnight: boolean): number | undefined {
  const rule = 'a time, such as 10:00';
  if (members.value(name) === undefined) members.mistakes.say(members.path, `has no ${name}; it must be ${rule}`);
  return members.parsed(name, rule, (text) => readTimeOfDay(text, mayBeMidnight));
}

/** Write an instant in UTC, to the second. */
export function utcText(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
