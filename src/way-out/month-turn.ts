import { dayMs } from '../ledger/days.ts';

/**
 * Check that a job of a month's end may run on a day: one of the last two or the first two of a month, because the month ends
 * up to 14 hours earlier or 12 hours later in other time zones than in UTC.
 */
export function isMonthTurn(day: number): boolean {
  const date = new Date(day * dayMs);
  const daysOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.getUTCDate() <= 2 || date.getUTCDate() >= daysOfMonth - 1;
}
