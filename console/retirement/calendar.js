import { html } from '../html.js';

/** @import { CalendarWindow } from '../../src/console/views/retirement-types.ts' */

/** A brownout on a day: all of it, or a part. @typedef {{ window: CalendarWindow, isWhole: boolean }} DayMark */

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const longWeekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const monthName = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const dayName = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const dayMs = 86_400_000;

/**
 * Months with the days on which something is in force, each of which leads to its row. Dates are those of one time zone.
 * @param {{ months: readonly string[], windows: readonly CalendarWindow[], today: string }} props
 */
export function Calendar({ months, windows, today }) {
  const marks = marksOf(windows);
  return html`<div class="months">
      ${months.map((month) => html`<${Month} key=${month} month=${month} marks=${marks} today=${today} />`)}
    </div>
    <ul class="legend" aria-label="Legend">
      <li><span aria-hidden="true">●</span> all day</li>
      <li><span aria-hidden="true">◐</span> a part of the day</li>
      <li><span aria-hidden="true" class="over">○</span> over</li>
      <li><span aria-hidden="true" class="today">1</span> today</li>
    </ul>`;
}

/** @param {{ month: string, marks: ReadonlyMap<string, readonly DayMark[]>, today: string }} props */
function Month({ month, marks, today }) {
  return html`<table class="month">
    <caption>
      ${monthName.format(new Date(`${month}-01`))}
    </caption>
    <thead>
      <tr>
        ${weekdays.map((name, at) => html`<th scope="col" key=${name} abbr=${longWeekdays[at]}>${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${weeksOf(month).map(
        (week) =>
          html`<tr key=${week.find((day) => day !== '')}>
            ${week.map((day, at) => html`<${Day} key=${at} day=${day} marks=${marks.get(day) ?? []} isToday=${day === today} />`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** @param {{ day: string, marks: readonly DayMark[], isToday: boolean }} props */
function Day({ day, marks, isToday }) {
  const [first] = marks;
  const number = day === '' ? '' : String(Number(day.slice(8)));
  const current = isToday ? 'date' : undefined;
  if (first === undefined) return html`<td class=${isToday ? 'today' : ''} aria-current=${current}>${number}</td>`;
  const isOver = marks.every(({ window }) => window.state === 'over');
  const sign = isOver ? '○' : marks.some(({ isWhole }) => isWhole) ? '●' : '◐';
  const label = `${dayName.format(new Date(day))}: ${marks.map(({ window }) => wordsOf(window)).join('; ')}`;
  return html`<td class="marked ${isOver ? 'over' : ''} ${isToday ? 'today' : ''}" aria-current=${current}>
    <a href="#${rowIdOf(first.window)}" aria-label=${label} title=${label}
      >${number}<span class="sign" aria-hidden="true">${sign}</span></a
    >
  </td>`;
}

/** @param {CalendarWindow} window */
function wordsOf({ name, from, to, state }) {
  return `${name}, ${from.local} to ${to.local}${state === 'over' ? ', over' : state === 'now' ? ', in force now' : ''}`;
}

/** Name the row of a window. @param {CalendarWindow} window */
export function rowIdOf({ name, from }) {
  return `window-${from.utc}-${name}`.replaceAll(/[^\w-]/g, '-');
}

/** List the local dates of a window; its end does not belong to it. @param {CalendarWindow} window */
export function datesOf({ from, to }) {
  const first = Date.parse(from.local.slice(0, 10));
  const end = Date.parse(`${to.local.replace(' ', 'T')}Z`);
  const dates = [];
  for (let day = first; day < end || dates.length === 0; day += dayMs)
    dates.push(new Date(day).toISOString().slice(0, 10));
  return dates;
}

/**
 * @param {readonly CalendarWindow[]} windows
 * @returns {ReadonlyMap<string, readonly DayMark[]>}
 */
function marksOf(windows) {
  const marks = windows.flatMap((window) =>
    datesOf(window).map((day) => ({ day, mark: { window, isWhole: isWholeOn(day, window) } })),
  );
  return new Map([...Map.groupBy(marks, ({ day }) => day)].map(([day, ofDay]) => [day, ofDay.map(({ mark }) => mark)]));
}

/** @param {string} day @param {CalendarWindow} window */
function isWholeOn(day, { from, to }) {
  const next = new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);
  return from.local <= `${day} 00:00` && to.local >= `${next} 00:00`;
}

/**
 * List the weeks of a month, from Monday, with an empty text for each day of another month.
 * @param {string} month
 */
function weeksOf(month) {
  const first = new Date(`${month}-01`);
  const before = (first.getUTCDay() + 6) % 7;
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const dates = Array.from({ length: days }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`);
  const cells = [...Array.from({ length: before }, () => ''), ...dates];
  while (cells.length % 7 > 0) cells.push('');
  return Array.from({ length: cells.length / 7 }, (_, at) => cells.slice(at * 7, at * 7 + 7));
}

/**
 * Return a month some months later; or earlier, if the number is negative.
 * @param {string} month
 * @param {number} count
 */
export function monthAfter(month, count) {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
}
