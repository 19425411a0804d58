import { html } from '../html.js';
import { Calendar, datesOf, monthAfter, rowIdOf } from './calendar.js';
import { countOf } from '../parts/amounts.js';
import { durationOf, PlaceTime } from '../parts/times.js';

/** @import { PastWindow } from '../../src/console/views/plan-types.ts' */
/** @import { BrownoutView, CalendarWindow, RetirementInUse } from '../../src/console/views/retirement-types.ts' */

/** The months that are shown together. */
const monthsShown = 3;

/**
 * The brownouts on a calendar, and a row for each in the months that are shown. The first month is a part of the URL.
 * @param {{ file: RetirementInUse, past: readonly PastWindow[], at: string, url: URL }} props
 */
export function Brownouts({ file: { calendar, brownouts, timeZone }, past, at, url }) {
  const today = dateIn(timeZone, at);
  const first = monthIn(url) ?? firstMonth(calendar, today);
  const months = Array.from({ length: monthsShown }, (_, index) => monthAfter(first, index));
  const end = monthAfter(first, monthsShown);
  const isShown = (/** @type {CalendarWindow} */ window) =>
    datesOf(window).some((day) => day.slice(0, 7) >= first && day.slice(0, 7) < end);
  const shown = calendar.filter(isShown);
  const earlier = calendar.filter(({ to }) => to.local.slice(0, 7) < first).length;
  const later = calendar.filter(({ from }) => from.local.slice(0, 7) >= end).length;
  return html`<div class="pager" role="group" aria-label="Months">
      <${MonthLink} month=${monthAfter(first, -monthsShown)}>Earlier${earlier > 0 && ` (${countOf(earlier)})`}<//>
      <${MonthLink} month=${end}>Later${later > 0 && ` (${countOf(later)})`}<//>
    </div>
    <${Calendar} months=${months} windows=${shown} today=${today} />
    ${
      shown.length === 0
        ? html`<p class="empty">No brownout is in these months.</p>`
        : html`<${WindowTable} windows=${shown} past=${past} brownouts=${brownouts} zone=${timeZone} />`
    }`;
}

/** @param {{ month: string, children: import('../html.js').Children }} props */
function MonthLink({ month, children }) {
  return html`<a href="/console/retirement?month=${month}#brownouts">${children}</a>`;
}

/** @param {{ windows: readonly CalendarWindow[], past: readonly PastWindow[], brownouts: readonly BrownoutView[], zone: string }} props */
function WindowTable({ windows, past, brownouts, zone }) {
  return html`<table class="stacked windows">
    <thead>
      <tr>
        <th scope="col">Brownout</th>
        <th scope="col">From</th>
        <th scope="col">To</th>
        <th scope="col">Length</th>
        <th scope="col">State</th>
      </tr>
    </thead>
    <tbody>
      ${windows.map(
        (window) =>
          html`<${WindowRow}
            key=${rowIdOf(window)}
            window=${window}
            brownout=${brownouts.find(({ name }) => name === window.name)}
            past=${past.find(({ name, from }) => name === window.name && Date.parse(from) === Date.parse(window.from.utc))}
            zone=${zone}
          />`,
      )}
    </tbody>
  </table>`;
}

const states = { over: 'over', now: 'in force now', coming: 'coming' };

/** @param {{ window: CalendarWindow, brownout: BrownoutView | undefined, past: PastWindow | undefined, zone: string }} props */
function WindowRow({ window, brownout, past, zone }) {
  const { name, from, to, state, isProof } = window;
  return html`<tr id=${rowIdOf(window)}>
    <th scope="row">
      ${name}
      <small class="about">
        ${brownout !== undefined && aboutOf(brownout)}${isProof && '; long enough to prove that nobody is left'}
      </small>
    </th>
    <td data-label="From"><${PlaceTime} time=${from} zone=${zone} /></td>
    <td data-label="To"><${PlaceTime} time=${to} zone=${zone} /></td>
    <td data-label="Length">${durationOf(Date.parse(to.utc) - Date.parse(from.utc))}</td>
    <td class="state" data-label="State">
      <span class=${state === 'now' ? 'tag bad' : 'tag'}>${states[state]}</span
      >${past !== undefined && html`<${Refused} past=${past} />`}
    </td>
  </tr>`;
}

/** @param {{ past: PastWindow }} props */
function Refused({ past: { refused, isComplete } }) {
  return html`<small class="block"
    >${refused === 0 ? 'nobody was refused' : `${countOf(refused)} refused on its days`}${!isComplete && ', data are missing'}</small
  >`;
}

/** Say whom a brownout or a rule is about. @param {{ about: string, except: string | null }} part */
export function aboutOf({ about, except }) {
  return `${about === 'all' ? 'all who need the gateway' : about}${except === null ? '' : `, but for ${except}`}`;
}

/** Find the month of the view; undefined if its URL names none. @param {URL} url */
function monthIn(url) {
  const month = url.searchParams.get('month') ?? '';
  return /^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])$/.test(month) ? month : undefined;
}

/**
 * Choose the month to begin with: that of the next brownout, else of the last one.
 * @param {readonly CalendarWindow[]} calendar
 * @param {string} today
 */
function firstMonth(calendar, today) {
  const next = calendar.find(({ state }) => state !== 'over') ?? calendar.at(-1);
  return (next?.from.local ?? today).slice(0, 7);
}

/** Return the date in a time zone. @param {string} zone @param {string} iso */
function dateIn(zone, iso) {
  // The Swedish form is that of ISO 8601.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date(iso));
}
