/** Days of the calendar as texts: YYYY-MM-DD, in UTC. */

const dayMs = 86_400_000;

/** The days of a week, Monday first. */
export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/**
 * A month with its weeks of seven days; '' for days of other months.
 * @typedef {{ readonly first: string, readonly weeks: readonly (readonly string[])[] }} Month
 */

/**
 * Return the day some days later.
 * @param {string} day
 * @param {number} days negative for earlier
 */
export function dayAfter(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/**
 * List the months from a day to another, both included.
 * @param {string} from
 * @param {string} until
 * @returns {readonly Month[]}
 */
export function monthsOf(from, until) {
  const months = [];
  for (let first = `${from.slice(0, 7)}-01`; first <= until; first = `${dayAfter(first, 31).slice(0, 7)}-01`)
    months.push(monthOf(first));
  return months;
}

/** @param {string} first */
function monthOf(first) {
  const before = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const days = /** @type {string[]} */ (Array(before).fill(''));
  for (let day = first; day.slice(0, 7) === first.slice(0, 7); day = dayAfter(day, 1)) days.push(day);
  while (days.length % 7 !== 0) days.push('');
  const weeks = [];
  for (let at = 0; at < days.length; at += 7) weeks.push(days.slice(at, at + 7));
  return { first, weeks };
}
