/** Print a time in UTC to the minute: 2026-01-31 13:05. @param time in milliseconds of Unix time */
export function minuteText(time: number): string {
  return Number.isFinite(time) ? new Date(time).toISOString().slice(0, 16).replace('T', ' ') : '';
}

/** Print a time in UTC for programs; null for none. */
export function isoText(time: number): string | null {
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}
