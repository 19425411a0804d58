import { dayMs, dayNumberOf, dayText } from '../../../ledger/days.ts';
import type { LedgerReading } from '../read/reading.ts';
import { judgedTogether } from '../rows/judged.ts';

/** The days until the sunset, at least: half a year, so that the owners of rare jobs hear of it. */
const noticeDays = 183;
/** The days before the sunset of the first brownouts. */
const firstHoursDays = 92;
const firstDayDays = 61;
/** The days until rules begin, so that their owners can object. */
const ruleDays = 14;
/** The most projects that are named. */
const mostProjects = 200;
const tuesday = 2;

/**
 * Write a retirement file to begin with, as docs/retirement.md proposes: it announces the end, has a brownout of two hours and one of a
 * day, refuses projects that have been silent for long enough, and in the end all.
 */
export function beginningOf(reading: LedgerReading): string {
  const today = dayNumberOf(reading.at);
  const sunset = firstOfMonthAfter(today + noticeDays);
  const [hours, day] = [firstHoursDays, firstDayDays].map((before) => weekdayFrom(sunset - before, tuesday));
  const migrated = quietProjects(reading);
  const content = {
    deprecation: dayText(today),
    sunset: dayText(sunset),
    brownouts: [
      { name: 'first hours', from: `${dayText(hours ?? sunset)}T10:00`, to: `${dayText(hours ?? sunset)}T12:00` },
      { name: 'first day', from: dayText(day ?? sunset), to: dayText((day ?? sunset) + 1) },
    ],
    rules: [
      ...(migrated.length === 0 ? [] : [{ name: 'migrated', project: migrated, from: dayText(today + ruleDays) }]),
      { name: 'everyone', from: 'sunset' },
    ],
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** List the projects that were silent for long enough: a rule keeps them from coming back. */
function quietProjects(reading: LedgerReading): readonly string[] {
  return judgedTogether(reading, { by: ['project'], only: new Map(), kind: undefined })
    .filter(({ row: { state }, kind }) => kind === 'needing' && (state === 'quiet' || state === 'gone'))
    .map(({ row }) => row.name.project ?? '')
    .filter((project) => /^(?!\()[^*]{1,255}$/.test(project))
    .toSorted()
    .slice(0, mostProjects);
}

function firstOfMonthAfter(day: number): number {
  const date = new Date(day * dayMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / dayMs;
}

/** Return the first day with a weekday, from 0 for Sunday, from a day on. */
function weekdayFrom(day: number, weekday: number): number {
  return day + ((weekday - new Date(day * dayMs).getUTCDay() + 7) % 7);
}
