import type { LedgerKey } from './entry.ts';

/** Read a key from a row of a database, whose columns have the names of its members. */
export function keyInRow(row: Readonly<Record<string, unknown>>): LedgerKey {
  return {
    project: String(row['project']),
    agent: String(row['agent']),
    network: String(row['network']),
    operation: String(row['operation']),
    reason: String(row['reason']),
  };
}
