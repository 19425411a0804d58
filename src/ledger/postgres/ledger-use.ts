import { LedgerStoreError } from '../store-error.ts';
import { missingSteps, noSchema, olderSchema, type SchemaState, type SchemaStep } from '../schema-steps.ts';
import type { PostgresConnection, PostgresRow } from './connection.ts';
import { place } from './database-error.ts';
import * as schema from './schema.ts';
import type { Session } from './session.ts';
import { begin } from './statements.ts';

/** Work on the ledger in transactions that have checked its schema. */
export interface LedgerUse {
  /** Do work that changes the ledger. @throws {LedgerStoreError}; nothing is changed then */
  write<T>(work: Work<T>): Promise<T>;
  /** Read the rows of a statement. @throws {LedgerStoreError} */
  read(sql: string, values: readonly unknown[]): Promise<readonly PostgresRow[]>;
}

type Work<T> = (connection: PostgresConnection) => Promise<T>;

/** The lines of work, and the schema that they need. */
interface LedgerUseOptions {
  readonly writing: Session;
  readonly reading: Session;
  /** Time of a transaction. */
  readonly limitMs: number;
  readonly steps: readonly SchemaStep[];
  /** True for gateways: they create the ledger, and take the steps that it lacks. */
  readonly mayChangeSchema: boolean;
}

/** Create the use of a ledger. Each transaction looks at the schema, because another gateway may take a step at any time. */
export function createLedgerUse({ writing, reading, limitMs, steps, mayChangeSchema }: LedgerUseOptions): LedgerUse {
  const transact = <T>(work: Work<T>): Promise<T> => inTransaction(writing, begin('', limitMs), work);

  async function bringUpToDate(state: SchemaState): Promise<void> {
    if (!mayChangeSchema) throw olderSchema(state, steps, place);
    await transact(createLedger);
    for (const step of missingSteps(state, steps, place))
      await transact((connection) => takeStep(connection, step, steps));
  }

  async function inLedger<T>(session: Session, mode: 'READ ONLY' | '', work: Work<T>): Promise<T> {
    const attempt = () =>
      inTransaction(session, begin(mode, limitMs), async (connection) => {
        const state = await readState(connection);
        const isUpToDate = missingSteps(state, steps, place).length === 0;
        return isUpToDate ? { isUpToDate, result: await work(connection) } : { isUpToDate, state };
      });
    const first = await attempt();
    if (first.isUpToDate) return first.result;
    await bringUpToDate(first.state);
    const second = await attempt();
    if (second.isUpToDate) return second.result;
    throw olderSchema(second.state, steps, place);
  }

  return {
    write: (work) => inLedger(writing, '', work),
    read: (sql, values) => inLedger(reading, 'READ ONLY', (connection) => connection.query(sql, values)),
  };
}

/** Do work in a transaction. An error needs no ROLLBACK: the session closes the connection. */
async function inTransaction<T>(session: Session, beginning: string, work: Work<T>): Promise<T> {
  return session.run(async (connection) => {
    await connection.query(beginning);
    const result = await work(connection);
    await connection.query('COMMIT');
    return result;
  });
}

/** Read the version. The transaction then holds off a gateway that would take a step, until it ends. */
async function readState(connection: PostgresConnection): Promise<SchemaState> {
  const [found] = await connection.query(schema.findLedger);
  return found?.['hasVersions'] === true ? readVersion(connection) : noSchema;
}

async function readVersion(connection: PostgresConnection): Promise<SchemaState> {
  const [found] = await connection.query(schema.readVersion);
  return { version: Number(found?.['version']), oldestUser: Number(found?.['oldestUser']) };
}

/** Create an empty ledger, unless there is one; another gateway that starts at the same time waits. */
async function createLedger(connection: PostgresConnection): Promise<void> {
  await connection.query(schema.lockLedger);
  const [found] = await connection.query(schema.findLedger);
  if (found?.['encoding'] !== 'UTF8')
    throw new LedgerStoreError(`${place}: it must have the encoding UTF8 (ELEDGERENCODING)`, 'ELEDGERENCODING', true);
  if (found['hasSchema'] !== true) await connection.query(schema.createSchema);
  if (found['hasVersions'] !== true) await connection.query(schema.createVersions);
}

/** Take a step, unless another gateway has taken it in the meantime. */
async function takeStep(connection: PostgresConnection, step: SchemaStep, steps: readonly SchemaStep[]): Promise<void> {
  await connection.query(schema.lockVersions);
  if (!missingSteps(await readVersion(connection), steps, place).includes(step)) return;
  await connection.query(step.sql);
  await connection.change(schema.recordStep, [step.version, step.oldestUser, step.adds]);
}
