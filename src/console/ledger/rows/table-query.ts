import { fixedLimits } from '../../../config/fixed-limits.ts';
import { dimensions, type Dimension } from '../../../way-out/groups.ts';
import { keyKinds, rowStates, type KeyKind, type RowState } from '../../../way-out/terms/terms.ts';
import { QueryError } from '../read/query-error.ts';

/** The orders of a table. `need`: those that need the gateway most come first. */
const orders = ['need', 'calls', 'last', 'first', 'quiet', 'name'] as const;

/** The states of those that are left: their silence was not long enough. */
export const leftStates: readonly RowState[] = ['active', 'fading', 'tested'];

/** The wishes for a table. */
export interface TableWishes {
  /** The members by which rows are made. */
  readonly by: readonly Dimension[];
  /** The values of members that keys must have. A reason without its member stands for all its members. */
  readonly only: ReadonlyMap<Dimension, string>;
  readonly kind: KeyKind | undefined;
  readonly states: readonly RowState[];
  /** A text that one of the members of a row must contain, in small letters. */
  readonly search: string;
  readonly order: (typeof orders)[number];
  readonly limit: number;
  readonly offset: number;
}

/** Rows of a page, if the query names no number. */
const usualRows = 100;

/** Read the query of a table. @param by the members of its rows; undefined for the query's own @throws {QueryError} */
export function readTableQuery(
  query: URLSearchParams,
  by: readonly Dimension[] | undefined,
  form: 'json' | 'csv',
): TableWishes {
  const most = form === 'csv' ? fixedLimits.consoleCsvRows : fixedLimits.consoleRows;
  return {
    by: by ?? readBy(query.get('by')),
    only: new Map(dimensions.flatMap((each) => (query.has(each) ? [[each, query.get(each) ?? '']] : []))),
    kind: oneOf(query, 'kind', keyKinds),
    states: readStates(query.get('state')),
    search: (query.get('q') ?? '').toLowerCase(),
    order: oneOf(query, 'sort', orders) ?? 'need',
    limit: Math.min(most, numberIn(query, 'limit') ?? (form === 'csv' ? most : usualRows)),
    offset: numberIn(query, 'offset') ?? 0,
  };
}

function readBy(text: string | null): readonly Dimension[] {
  if (text === null) return dimensions;
  const words = text.split(',');
  const found = dimensions.filter((each) => words.includes(each));
  if (found.length === words.length) return found;
  throw new QueryError(`by must be some of ${dimensions.join(', ')}, with commas between them.`);
}

function readStates(text: string | null): readonly RowState[] {
  if (text === null) return rowStates;
  if (text === 'left') return leftStates;
  const words = text.split(',');
  const found = rowStates.filter((each) => words.includes(each));
  if (found.length === words.length) return found;
  throw new QueryError(`state must be left, or some of ${rowStates.join(', ')}, with commas between them.`);
}

function oneOf<T extends string>(query: URLSearchParams, name: string, words: readonly T[]): T | undefined {
  const given = query.get(name);
  const found = words.find((each) => each === given);
  if (given === null || found !== undefined) return found;
  throw new QueryError(`${name} must be one of ${words.join(', ')}.`);
}

function numberIn(query: URLSearchParams, name: string): number | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new QueryError(`${name} must be a number, such as 100.`);
}
