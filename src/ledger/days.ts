/** The length of a day in milliseconds. */
export const dayMs = 86_400_000;

/** Number the day of a time in UTC, from 1 January 1970. */
export function dayNumberOf(timeMs: number): number {
  return Math.floor(timeMs / dayMs);
}

/** Write a numbered day as YYYY-MM-DD. */
export function dayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Read a day that is written as YYYY-MM-DD; NaN for a text that is none, such as 2026-02-30. */
export function dayNumberIn(text: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse() takes 30 February for 2 March.
  return Number.isFinite(time) && dayText(time / dayMs) === text ? time / dayMs : Number.NaN;
}
