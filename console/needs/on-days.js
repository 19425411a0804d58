import { html } from '../html.js';
import { dayText } from '../parts/days.js';
import { queryOf, urlWith } from '../tables/columns.js';

/** The parameters of a view whose numbers are those of some days. */
export const dayParameters = ['from', 'to'];

/**
 * Return the part of a query that asks for the days of a view; '' for all days.
 * @param {URL} url
 */
export function daysQuery(url) {
  const query = queryOf(url, dayParameters);
  return query === '' ? '' : `&${query}`;
}

/**
 * Return the part of a query that asks for one day.
 * @param {string} day
 */
export function dayQuery(day) {
  return `from=${day}&to=${day}`;
}

/**
 * A remark that the numbers of a view are those of some days, with a link to all.
 * @param {{ url: URL, hash?: string }} props
 */
export function DaysNote({ url, hash = '' }) {
  const [from, to] = dayParameters.map((name) => url.searchParams.get(name));
  if (from === null && to === null) return null;
  return html`<p class="filter-note">
    Only calls ${daysText(from ?? null, to ?? null)}, in UTC; states are judged by all days.${' '}
    <a href=${urlWith(url, { from: '', to: '' }) + hash}>Show all days</a>
  </p>`;
}

/** @param {string | null} from @param {string | null} to */
function daysText(from, to) {
  if (from === to) return `of ${nameOf(from)}`;
  if (to === null) return `from ${nameOf(from)} on`;
  return from === null ? `until ${nameOf(to)}` : `from ${nameOf(from)} to ${nameOf(to)}`;
}

/** Write a day of a URL, which may be any text. @param {string | null} text */
function nameOf(text) {
  return text !== null && Number.isFinite(Date.parse(`${text}T00:00:00Z`)) ? dayText(text) : String(text);
}
