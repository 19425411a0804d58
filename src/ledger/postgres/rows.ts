import type { DayCount, KeyHistory, LedgerRun } from '../entry.ts';
import { keyInRow } from '../key-in-row.ts';
import { lostInRow } from '../lost-in-row.ts';
import { refusedOf } from '../larger.ts';
import type { PostgresRow } from './connection.ts';

/**
 * Longest text of a key: a row of the index holds five, and may have 2,704 bytes. The ledger's own limits are lower; this one
 * prevents that one row makes a whole slice fail for ever.
 */
const mostCharacters = 160;

/** Make a text that PostgreSQL stores: without NUL, which it refuses, and with whole characters of a bounded number. */
export function sendable(text: string): string {
  return text.slice(0, mostCharacters).toWellFormed().replaceAll('\0', '\uFFFD');
}

/** Write counts as the text of JSON that the statements read. */
export function countsText(counts: readonly DayCount[]): string {
  return JSON.stringify(
    counts.map(({ key, day, answered, failed, refused = 0, first, last, requestId }) => ({
      project: sendable(key.project),
      agent: sendable(key.agent),
      network: sendable(key.network),
      operation: sendable(key.operation),
      reason: sendable(key.reason),
      day,
      answered,
      failed,
      refused,
      first,
      last,
      requestId: sendable(requestId),
    })),
  );
}

export function countOf(row: PostgresRow): DayCount {
  return {
    key: keyInRow(row),
    day: String(row['day']),
    answered: numberOf(row['answered']),
    failed: numberOf(row['failed']),
    ...refusedOf(numberOf(row['refused'])),
    first: numberOf(row['first']),
    last: numberOf(row['last']),
    requestId: String(row['requestId']),
  };
}

export function runOf(row: PostgresRow): LedgerRun {
  return {
    instance: String(row['instance']),
    boot: String(row['boot']),
    version: String(row['version']),
    startedAt: numberOf(row['startedAt']),
    storedAt: numberOf(row['storedAt']),
    isClosed: row['isClosed'] === true,
    others: numberOf(row['others']),
    ...lostInRow(row, 'lostFrom', 'lostUntil'),
  };
}

export function historyOf(row: PostgresRow): KeyHistory {
  return {
    key: keyInRow(row),
    first: numberOf(row['first']),
    last: numberOf(row['last']),
    longestGapDays: numberOf(row['longestGapDays']),
  };
}

export function numberOf(value: unknown): number {
  return Number(value);
}
