import { html, useRef, useState } from '../html.js';
import { countOf } from '../parts/amounts.js';
import { dayAfter, monthsOf, weekdays } from './calendar.js';

const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });
const wholeDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
const monthName = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** The shades of days with calls. */
const shades = 4;
/** The days that a key moves by; those of a week are below each other. */
const steps = /** @type {Readonly<Record<string, number>>} */ ({
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
});

/**
 * The calls of a day.
 * @typedef {{ readonly day: string, readonly answered: number, readonly failed: number }} DayCalls
 */

/**
 * A calendar of calls: each day has its number, so that it is read without colour, and leads to its rows. The keys with arrows
 * move from day to day.
 * @param {{
 *   days: readonly DayCalls[],
 *   from: string,
 *   until: string,
 *   isWithoutData: (day: string) => boolean,
 *   chosen: string | null,
 *   hrefOf: (day: string) => string,
 * }} props
 */
export function HeatMap({ days, from, until, isWithoutData, chosen, hrefOf }) {
  const { place, current, handlers } = useMoves({ start: chosen ?? until, from, until });
  const byDay = new Map(days.map((each) => [each.day, each]));
  const most = days.reduce((found, each) => Math.max(found, totalOf(each)), 0);
  const cell = (/** @type {string} */ day) =>
    day < from || day > until
      ? html`<td key=${day}><span class="date" aria-hidden="true">${Number(day.slice(8))}</span></td>`
      : html`<${Day}
          key=${day}
          day=${day}
          calls=${byDay.get(day)}
          most=${most}
          isWithoutData=${isWithoutData(day)}
          isChosen=${day === chosen}
          isCurrent=${day === current}
          href=${hrefOf(day)}
        />`;
  return html`<div class="heat-map" ref=${place} ...${handlers}>
      ${monthsOf(from, until).map((month) => html`<${Month} key=${month.first} month=${month} cell=${cell} />`)}
    </div>
    <${Legend} />`;
}

/**
 * Follow the day that has the focus: only that one is reached by the tabulator, and the arrows move from it.
 * @param {{ start: string, from: string, until: string }} range
 */
function useMoves({ start, from, until }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const [current, setCurrent] = useState(start);
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    const next = step === undefined ? edgeOf(event.key, current, from, until) : dayAfter(current, step);
    if (next === undefined) return;
    event.preventDefault();
    const link = place.current?.querySelector(`[data-day="${next}"]`);
    if (link instanceof HTMLElement) link.focus();
  };
  const onFocusIn = (/** @type {FocusEvent} */ { target }) => {
    const day = target instanceof HTMLElement ? target.dataset['day'] : undefined;
    if (day !== undefined) setCurrent(day);
  };
  return { place, current: current < from ? until : current, handlers: { onKeyDown, onFocusIn } };
}

/** @param {{ month: import('./calendar.js').Month, cell: (day: string) => unknown }} props */
function Month({ month: { first, weeks }, cell }) {
  const name = monthName.format(new Date(`${first}T00:00:00Z`));
  return html`<table class="heat-month" role="grid" aria-label=${name}>
    <caption aria-hidden="true">
      ${name}
    </caption>
    <thead>
      <tr>
        ${weekdays.map((weekday) => html`<th key=${weekday} scope="col" abbr=${weekday}>${weekday.slice(0, 2)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${weeks.map(
        (week) =>
          html`<tr key=${week.find((day) => day !== '')}>
            ${week.map((day, at) => (day === '' ? html`<td key=${at}></td>` : cell(day)))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/**
 * @param {{ day: string, calls: DayCalls | undefined, most: number, isWithoutData: boolean, isChosen: boolean, isCurrent: boolean, href: string }} props
 */
function Day({ day, calls, most, isWithoutData, isChosen, isCurrent, href }) {
  const total = calls === undefined ? 0 : totalOf(calls);
  const shade = total === 0 ? 0 : Math.ceil((shades * total) / most);
  const kind = isWithoutData ? 'without-data' : `heat-${shade}`;
  return html`<td class="day ${kind}">
    <a href=${href} data-day=${day} tabindex=${isCurrent ? 0 : -1} aria-current=${isChosen ? 'date' : undefined}>
      <span class="date" aria-hidden="true">${Number(day.slice(8))}</span>
      <span class="count" aria-hidden="true">${total === 0 ? (isWithoutData ? '?' : '·') : compact.format(total)}</span>
      <span class="unseen">${wholeDay.format(new Date(`${day}T00:00:00Z`))}: ${sentenceOf(calls, isWithoutData)}</span>
    </a>
  </td>`;
}

function Legend() {
  return html`<p class="heat-legend muted" aria-hidden="true">
    <span class="swatch heat-0"></span>no calls <span class="swatch heat-1"></span><span class="swatch heat-2"></span
    ><span class="swatch heat-3"></span><span class="swatch heat-4"></span>few to many
    <span class="swatch without-data"></span>data are missing
  </p>`;
}

/** @param {DayCalls} calls */
function totalOf({ answered, failed }) {
  return answered + failed;
}

/** @param {DayCalls | undefined} calls @param {boolean} isWithoutData */
function sentenceOf(calls, isWithoutData) {
  const missing = isWithoutData ? ', data are missing' : '';
  if (calls === undefined) return `no calls${missing}`;
  const total = totalOf(calls);
  const failed = calls.failed > 0 ? `, ${countOf(calls.failed)} failed` : '';
  return `${countOf(total)} ${total === 1 ? 'call' : 'calls'}${failed}${missing}`;
}

/**
 * Return the day that a key leads to: the first or last of its month, or the same of another month.
 * @param {string} key
 * @param {string} day
 * @param {string} from
 * @param {string} until
 */
function edgeOf(key, day, from, until) {
  const first = `${day.slice(0, 7)}-01`;
  if (key === 'Home') return first < from ? from : first;
  const last = dayAfter(`${dayAfter(first, 31).slice(0, 7)}-01`, -1);
  if (key === 'End') return last > until ? until : last;
  if (key === 'PageUp') return dayAfter(day, -28);
  return key === 'PageDown' ? dayAfter(day, 28) : undefined;
}
