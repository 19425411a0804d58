import { dayNumberIn, dayNumberOf, dayText } from '../../../ledger/days.ts';
import { QueryError } from './query-error.ts';

/** Days in UTC from the first to the last one, both included, as YYYY-MM-DD. */
export interface DayRange {
  readonly first: string;
  readonly last: string;
}

/** All days that a ledger can have. */
export const allDays: DayRange = { first: '1970-01-01', last: '9999-12-31' };

/**
 * Read the days that a query asks for by `from` and `to`; undefined for all. Today has the later days, too: those of gateways whose
 * clocks are ahead.
 * @throws {QueryError}
 */
export function readDayRange(query: URLSearchParams, now: number): DayRange | undefined {
  const [first, last] = [dayIn(query, 'from'), dayIn(query, 'to')];
  if (first === undefined && last === undefined) return undefined;
  const range = { first: first ?? allDays.first, last: last ?? allDays.last };
  if (range.first > range.last) throw new QueryError('from must not be after to.');
  return range.last < dayText(dayNumberOf(now)) ? range : { ...range, last: allDays.last };
}

function dayIn(query: URLSearchParams, name: 'from' | 'to'): string | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  if (Number.isNaN(dayNumberIn(given))) throw new QueryError(`${name} must be a day in UTC, such as 2026-01-31.`);
  return given;
}
