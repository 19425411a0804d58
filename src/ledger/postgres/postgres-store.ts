import { fixedLimits } from '../../config/fixed-limits.ts';
import type { DayCount, LedgerRun } from '../entry.ts';
import type { SchemaStep } from '../schema-steps.ts';
import type { LedgerStore } from '../store.ts';
import type { PostgresConnection, PostgresRow } from './connection.ts';
import { createLedgerUse, type LedgerUse } from './ledger-use.ts';
import { keyInRow } from '../key-in-row.ts';
import { countOf, countsText, historyOf, runOf, sendable } from './rows.ts';
import { Session, type SessionLimits } from './session.ts';
import { postgresSteps } from './schema.ts';
import * as statements from './statements.ts';
import { readTarget } from './target.ts';

/** The use, the limits and the steps of a store. */
export interface PostgresOptions {
  /** keep: a gateway, which creates the ledger and takes the steps of its schema; others find it as it is. */
  readonly access: 'read' | 'change' | 'keep';
  readonly limits: SessionLimits;
  readonly steps: readonly SchemaStep[];
  readonly rowsPerStatement: number;
  readonly rowsPerPage: number;
}

const defaults: PostgresOptions = {
  access: 'keep',
  limits: {
    connectMs: fixedLimits.ledgerConnectMs,
    workMs: fixedLimits.ledgerTransactionMs,
    waitMs: fixedLimits.ledgerTurnMs,
    idleMs: fixedLimits.ledgerIdleMs,
  },
  steps: postgresSteps,
  rowsPerStatement: fixedLimits.ledgerStatementRows,
  rowsPerPage: fixedLimits.ledgerAnswerRows,
};

/**
 * Create the store of a ledger in PostgreSQL. Nothing is connected before the first call, so that a database that is away does
 * not hold the start. Writing and reading have a connection each.
 * @throws {LedgerStoreError} for a URL that cannot be used
 */
export function createPostgresStore(url: string, options: Partial<PostgresOptions> = {}): LedgerStore {
  const { access, limits, steps, rowsPerStatement, rowsPerPage } = { ...defaults, ...options };
  const target = readTarget(url);
  const [writing, reading] = [new Session(target, limits), new Session(target, limits)];
  const use = createLedgerUse({ writing, reading, limitMs: limits.workMs, steps, mayChangeSchema: access === 'keep' });
  return {
    write: (run, counts) => use.write((connection) => storeAll(connection, run, counts, rowsPerStatement)),
    read: (fromDay) => readAll(use, fromDay, rowsPerPage),
    runs: async () => (await use.read(statements.readRuns, [])).map(runOf),
    histories: async () => (await use.read(statements.readHistories, [])).map(historyOf),
    keys: async (limit) => (await use.read(statements.readKeys, [limit])).map(keyInRow),
    trim: async (beforeDay, forgottenBefore) => {
      while (await use.write((connection) => trimDay(connection, beforeDay))) continue;
      await use.write(async (connection) => {
        await connection.change(statements.removeKeys, [forgottenBefore]);
        await connection.change(statements.removeRuns, [beforeDay]);
      });
    },
    forget: (project) => use.write((connection) => forgetProject(connection, sendable(project))),
    close: async () => void (await Promise.all([writing.close(), reading.close()])),
  };
}

async function storeAll(
  connection: PostgresConnection,
  run: LedgerRun,
  counts: readonly DayCount[],
  rowsPerStatement: number,
): Promise<void> {
  const { boot, instance, version, startedAt, storedAt, isClosed, others, lost } = run;
  const names = [sendable(boot), sendable(instance), sendable(version)];
  const values = [...names, startedAt, storedAt, isClosed, others, lost?.from ?? null, lost?.until ?? null];
  const [stored] = await connection.query(statements.storeRun, values);
  for (let from = 0; from < counts.length; from += rowsPerStatement) {
    const text = countsText(counts.slice(from, from + rowsPerStatement));
    await connection.change(statements.storeKeys, [text]);
    await connection.change(statements.storeCounts, [text, stored?.['id']]);
  }
}

/** Read page by page: no connection waits for a reader, and memory holds one page of any ledger. */
async function* readAll(use: LedgerUse, fromDay: string, rowsPerPage: number): AsyncIterable<DayCount> {
  // No key has the id -1, so that all of the first day are read.
  let place: readonly unknown[] = [fromDay, -1];
  for (let isLast = false; !isLast;) {
    const rows: readonly PostgresRow[] = await use.read(statements.readPage, [...place, rowsPerPage]);
    yield* rows.map(countOf);
    const end = rows.at(-1);
    isLast = end === undefined || rows.length < rowsPerPage;
    place = [end?.['day'], end?.['keyId']];
  }
}

/** Remove the earliest day before a day, in a transaction of its own, whose time does not grow with the ledger; false if there is none. */
async function trimDay(connection: PostgresConnection, beforeDay: string): Promise<boolean> {
  const [found] = await connection.query(statements.findOldDay, [beforeDay]);
  const day = found?.['day'] ?? undefined;
  if (day === undefined) return false;
  await connection.change(statements.keepHistories, [day]);
  await connection.change(statements.removeDay, [day]);
  return true;
}

async function forgetProject(connection: PostgresConnection, project: string): Promise<number> {
  await connection.change(statements.removeProjectCounts, [project]);
  return connection.change(statements.removeProjectKeys, [project]);
}
