/** Days in UTC, as the ledger counts them: texts such as 2026-01-31, and their numbers from 1970-01-01. */

const dayMs = 86_400_000;
const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** Number a day. @param {string} day */
export function dayNumberOf(day) {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);
}

/** Write a numbered day as 2026-01-31. @param {number} number */
export function numberedDay(number) {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

/** Write a day for people: 31 Jan 2026. @param {string} day */
export function dayText(day) {
  return format.format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
}

/** Count the days from one to another. @param {string} from @param {string} until */
export function daysBetween(from, until) {
  return dayNumberOf(until.slice(0, 10)) - dayNumberOf(from.slice(0, 10));
}
