import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, assert as check, constantFrom, integer, nat, oneof, property, record, tuple } from 'fast-check';
import { readDate, readMoment, readTimeOfDay } from '../../src/retirement/calendar/dates.ts';
import { phaseAt } from '../../src/retirement/calendar/phases.ts';
import { recurrenceIn, type Recurrence } from '../../src/retirement/calendar/recurrence.ts';
import { localTimeOf, timeZoneOf, utc, type TimeZone } from '../../src/retirement/calendar/time-zone.ts';
import { windowsOf, type WindowTimes } from '../../src/retirement/calendar/windows.ts';

const zone = (name: string): TimeZone => timeZoneOf(name) ?? assert.fail(name);
const recurrence = (text: string): Recurrence => recurrenceIn(text) ?? assert.fail(text);
const moment = (text: string, place = utc): string => {
  const read = readMoment(text, place);
  return 'value' in read ? new Date(read.value).toISOString() : read.problem;
};
const minutes = (text: string): number => {
  const read = readTimeOfDay(text, true);
  return 'value' in read ? read.value : assert.fail(read.problem);
};
const date = (text: string): number => {
  const read = readDate(text);
  return 'value' in read ? read.value : assert.fail(read.problem);
};

interface Recurring {
  readonly every: string;
  readonly from: string;
  readonly to: string;
  readonly place?: string;
  readonly since?: string;
  readonly until?: string;
}

function recurring({ every, from, to, place = 'UTC', since, until }: Recurring): WindowTimes {
  return {
    kind: 'recurring',
    recurrence: recurrence(every),
    zone: zone(place),
    fromMinutes: minutes(from),
    toMinutes: minutes(to),
    since: since === undefined ? undefined : date(since),
    until: until === undefined ? undefined : date(until),
  };
}

/** Lists the first windows from an instant on, in UTC. */
function windows(times: WindowTimes, after: string, most: number): string[] {
  return windowsOf(times, Date.parse(after))
    .take(most)
    .map(({ from, to }) => `${utcMinutes(from)}/${utcMinutes(to)}`)
    .toArray();
}

const utcMinutes = (instant: number): string => new Date(instant).toISOString().slice(0, 16);

const changes = [
  {
    place: 'Europe/Berlin',
    forward: {
      gap: '2027-03-28T02:30',
      is: '2027-03-28T01:30:00.000Z',
      after: '2027-03-28T03:00',
      at: '2027-03-28T01:00:00.000Z',
    },
    back: {
      twice: '2027-10-31T02:30',
      is: '2027-10-31T00:30:00.000Z',
      after: '2027-10-31T03:00',
      at: '2027-10-31T02:00:00.000Z',
    },
  },
  {
    place: 'America/New_York',
    forward: {
      gap: '2027-03-14T02:30',
      is: '2027-03-14T07:30:00.000Z',
      after: '2027-03-14T03:00',
      at: '2027-03-14T07:00:00.000Z',
    },
    back: {
      twice: '2027-11-07T01:30',
      is: '2027-11-07T05:30:00.000Z',
      after: '2027-11-07T02:00',
      at: '2027-11-07T07:00:00.000Z',
    },
  },
  {
    // Its clocks change by half an hour.
    place: 'Australia/Lord_Howe',
    forward: {
      gap: '2027-10-03T02:15',
      is: '2027-10-02T15:45:00.000Z',
      after: '2027-10-03T02:30',
      at: '2027-10-02T15:30:00.000Z',
    },
    back: {
      twice: '2027-04-04T01:45',
      is: '2027-04-03T14:45:00.000Z',
      after: '2027-04-04T02:00',
      at: '2027-04-03T15:30:00.000Z',
    },
  },
] as const;

for (const { place, forward, back } of changes) {
  test(`${place}: a time that does not occur counts by the offset before, and one that occurs twice is the first`, () => {
    assert.equal(moment(forward.gap, zone(place)), forward.is);
    assert.equal(moment(forward.after, zone(place)), forward.at);
    assert.equal(moment(back.twice, zone(place)), back.is);
    assert.equal(moment(back.after, zone(place)), back.at);
  });
}

test('a place may be three quarters of an hour from the full one, or skip a whole day', () => {
  assert.equal(moment('2027-03-01T10:00', zone('Asia/Kathmandu')), '2027-03-01T04:15:00.000Z');
  // Samoa had no 30 December 2011.
  assert.equal(moment('2011-12-29T10:00', zone('Pacific/Apia')), '2011-12-29T20:00:00.000Z');
  assert.equal(moment('2011-12-30T10:00', zone('Pacific/Apia')), '2011-12-30T20:00:00.000Z');
  assert.equal(moment('2011-12-31T10:00', zone('Pacific/Apia')), '2011-12-30T20:00:00.000Z');
});

test('a moment is a date, or a date with a time, with or without an offset', () => {
  assert.equal(moment('2027-03-31', zone('Europe/Berlin')), '2027-03-30T22:00:00.000Z');
  assert.equal(moment('2027-03-31T10:00Z', zone('Europe/Berlin')), '2027-03-31T10:00:00.000Z');
  assert.equal(moment('2027-03-31T10:00:30+05:45', zone('Europe/Berlin')), '2027-03-31T04:15:30.000Z');
  assert.equal(moment('2027-03-31T10:00-03:30'), '2027-03-31T13:30:00.000Z');
  assert.equal(moment('2028-02-29'), '2028-02-29T00:00:00.000Z');
  assert.equal(moment('2027-02-29'), 'February 2027 has the days from 01 to 28');
  assert.equal(moment('2100-02-29'), 'February 2100 has the days from 01 to 28');
  assert.equal(moment('2027-04-31'), 'April 2027 has the days from 01 to 30');
  assert.equal(moment('2027-13-01'), 'its month must be from 01 to 12');
  assert.equal(moment('0027-01-01'), 'its year must be from 2000 to 2199');
  assert.equal(moment('2027-01-01T24:00'), 'it must be a time from 00:00 to 23:59');
  assert.equal(moment('2027-01-01T10:00:60'), 'its seconds must be from 00 to 59');
  for (const text of ['tomorrow', '2027-1-1', '2027-01-01 10:00', '1.2.2027', '2027-01-01T10', '2027-01-01T10:00z', ''])
    assert.match(moment(text), /^it must be a date/, text);
});

test('a time zone is a name that node knows, and no offset', () => {
  for (const name of ['Nowhere/Else', '+01:00', '', 'Europe/Berlin\n', '__proto__', 'UTC+1'])
    assert.equal(timeZoneOf(name), undefined, name);
});

test('weekly windows keep their local time over both changes of the clocks', () => {
  const sundays = recurring({ every: 'sunday', from: '01:00', to: '05:00', place: 'Europe/Berlin' });
  assert.deepEqual(windows(sundays, '2027-03-20T00:00Z', 3), [
    '2027-03-21T00:00/2027-03-21T04:00',
    '2027-03-28T00:00/2027-03-28T03:00',
    '2027-04-03T23:00/2027-04-04T03:00',
  ]);
  assert.deepEqual(windows(sundays, '2027-10-25T00:00Z', 2), [
    '2027-10-30T23:00/2027-10-31T04:00',
    '2027-11-07T00:00/2027-11-07T04:00',
  ]);
});

test('a window whose times do not occur on a day may have no time left, and is left out', () => {
  const gap = recurring({ every: 'sunday', from: '02:30', to: '03:00', place: 'Europe/Berlin' });
  assert.deepEqual(windows(gap, '2027-03-21T12:00Z', 1), ['2027-04-04T00:30/2027-04-04T01:00']);
});

test('monthly windows find the last day of each month, leap days and the year end', () => {
  const ends = recurring({ every: 'last day', from: '22:00', to: '02:00' });
  assert.deepEqual(windows(ends, '2027-12-01T02:00Z', 4), [
    '2027-12-31T22:00/2028-01-01T02:00',
    '2028-01-31T22:00/2028-02-01T02:00',
    '2028-02-29T22:00/2028-03-01T02:00',
    '2028-03-31T22:00/2028-04-01T02:00',
  ]);
  assert.deepEqual(windows(ends, '2028-01-01T01:59Z', 1), ['2027-12-31T22:00/2028-01-01T02:00']);
  assert.deepEqual(windows(ends, '2028-01-01T02:00Z', 1), ['2028-01-31T22:00/2028-02-01T02:00']);
});

test('monthly windows find a weekday by its number, and the last one', () => {
  const first = recurring({ every: 'first monday', from: '10:00', to: '12:00' });
  assert.deepEqual(windows(first, '2027-02-01T00:00Z', 2), [
    '2027-02-01T10:00/2027-02-01T12:00',
    '2027-03-01T10:00/2027-03-01T12:00',
  ]);
  const last = recurring({ every: 'last friday', from: '00:00', to: '24:00' });
  assert.deepEqual(windows(last, '2027-01-01T00:00Z', 3), [
    '2027-01-29T00:00/2027-01-30T00:00',
    '2027-02-26T00:00/2027-02-27T00:00',
    '2027-03-26T00:00/2027-03-27T00:00',
  ]);
  assert.deepEqual(windows(recurring({ every: 'day 15', from: '00:00', to: '01:00' }), '2027-02-16T00:00Z', 1), [
    '2027-03-15T00:00/2027-03-15T01:00',
  ]);
});

test('windows recur from the first day to the last one that the file names, and end with the calendar', () => {
  const bounded = recurring({ every: 'monday', from: '10:00', to: '12:00', since: '2027-03-02', until: '2027-03-15' });
  assert.deepEqual(windows(bounded, '2026-01-01T00:00Z', 9), [
    '2027-03-08T10:00/2027-03-08T12:00',
    '2027-03-15T10:00/2027-03-15T12:00',
  ]);
  const open = recurring({ every: 'last day', from: '10:00', to: '12:00' });
  assert.deepEqual(windows(open, '2199-12-01T00:00Z', 9), ['2199-12-31T10:00/2199-12-31T12:00']);
  assert.deepEqual(windows(open, '2200-01-01T00:00Z', 9), []);
});

test('a text that does not say when something recurs is none', () => {
  for (const text of [
    '',
    'mondays',
    'Monday',
    'fifth monday',
    'day 29',
    'day 0',
    'last',
    'first day',
    'last day x',
    '__proto__ monday',
  ])
    assert.equal(recurrenceIn(text), undefined, text);
});

const places = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'];
const year = { min: Date.UTC(2027, 0, 1), max: Date.UTC(2029, 0, 1) };
const anyRecurring = record({
  every: constantFrom(
    'monday',
    'sunday',
    'first sunday',
    'last sunday',
    'third tuesday',
    'last day',
    'day 1',
    'day 28',
  ),
  place: constantFrom(...places),
  from: nat(1439),
  length: integer({ min: 1, max: 1439 }),
}).map(({ every, place, from, length }): WindowTimes => ({
  kind: 'recurring',
  recurrence: recurrence(every),
  zone: zone(place),
  fromMinutes: from,
  toMinutes: (from + length) % 1440,
  since: undefined,
  until: undefined,
}));
const anyOnce = tuple(integer(year), integer({ min: 1, max: 40 * 86_400_000 })).map(([from, length]): WindowTimes => ({
  kind: 'once',
  from,
  to: from + length,
}));

test('a brownout is in force at an instant exactly if one of its windows contains it, and the next change is the first one', () => {
  check(
    property(
      array(
        oneof(anyRecurring, anyOnce).map((times) => ({ times })),
        { minLength: 1, maxLength: 4 },
      ),
      array(
        integer(year).map((from) => ({ from })),
        { maxLength: 3 },
      ),
      integer(year),
      (sources, rules, instant) => {
        const phase = phaseAt(instant, sources, rules);
        // All windows near the instant, from long before it.
        const near = sources.flatMap(({ times }) =>
          windowsOf(times, instant - 100 * 86_400_000)
            .take(60)
            .toArray(),
        );
        const inForce = near.filter(({ from, to }) => from <= instant && instant < to);
        assert.equal(phase.windows.length, inForce.length);
        assert.equal(phase.rules.length, rules.filter(({ from }) => from <= instant).length);
        const edges = [...near.flatMap(({ from, to }) => [from, to]), ...rules.map(({ from }) => from)];
        assert.equal(phase.until, Math.min(Infinity, ...edges.filter((edge) => edge > instant)));
      },
    ),
    { numRuns: 300 },
  );
});

test('a recurring window begins and ends at its local times, unless they do not occur on that day', () => {
  check(
    property(anyRecurring, integer(year), (times, instant) => {
      if (times.kind === 'once') return;
      for (const { from, to } of windowsOf(times, instant).take(20)) {
        assert.ok(from < to);
        for (const [edge, wanted] of [
          [from, times.fromMinutes],
          [to, times.toMinutes],
        ] as const) {
          const shown = (localTimeOf(edge, times.zone) / 60_000) % 1440;
          const isGap = times.zone.offsetAt(edge - 7_200_000) < times.zone.offsetAt(edge);
          assert.ok(shown === wanted || isGap, `${shown} ${wanted}`);
        }
      }
    }),
    { numRuns: 200 },
  );
});
