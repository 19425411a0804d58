import { dayMs, dayText } from '../days.ts';
import type { DayCount, KeyHistory, LedgerRun } from '../entry.ts';
import { keyInRow } from '../key-in-row.ts';
import { lostInRow } from '../lost-in-row.ts';
import { refusedOf } from '../larger.ts';

/** A value of a column. */
export type SqliteValue = null | number | bigint | string | NodeJS.NonSharedUint8Array;
/** A row by the names of its columns. */
export type SqliteRow = Record<string, SqliteValue>;

/** The columns of a key. */
export const keyColumns = 'project, agent, network, operation, reason';

/** Read the count of one run, with its key. */
export function countIn(row: SqliteRow): DayCount {
  const day = Number(row['day']);
  return {
    key: keyInRow(row),
    day: dayText(day),
    answered: Number(row['answered']),
    failed: Number(row['failed']),
    ...refusedOf(Number(row['refused'])),
    first: day * dayMs + Number(row['first']),
    last: day * dayMs + Number(row['last']),
    requestId: requestIdIn(row['request_id'] ?? ''),
  };
}

/** Read a run. */
export function runIn(row: SqliteRow): LedgerRun {
  return {
    instance: String(row['instance']),
    boot: String(row['boot']),
    version: String(row['version']),
    startedAt: Number(row['started_at']),
    storedAt: Number(row['stored_at']),
    isClosed: row['is_closed'] === 1,
    others: Number(row['others']),
    ...lostInRow(row, 'lost_from', 'lost_until'),
  };
}

/** Read the history of a key. */
export function historyIn(row: SqliteRow): KeyHistory {
  return {
    key: keyInRow(row),
    first: Number(row['first']),
    last: Number(row['last']),
    longestGapDays: Number(row['longest_gap']),
  };
}

const uuid = /^req-([\da-f]{8})-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-([\da-f]{12})$/;

/** Shorten a request id of the form req-UUID to 16 bytes. */
export function shortRequestId(requestId: string): string | Uint8Array {
  return uuid.test(requestId) ? Buffer.from(requestId.slice(4).replaceAll('-', ''), 'hex') : requestId;
}

function requestIdIn(stored: SqliteValue): string {
  if (!(stored instanceof Uint8Array)) return String(stored);
  const hex = Buffer.from(stored).toString('hex');
  return `req-${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`;
}
