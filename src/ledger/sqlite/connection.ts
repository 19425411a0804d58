import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { missingSteps, olderSchema, type SchemaState, type SchemaStep } from '../schema-steps.ts';
import { LedgerStoreError } from '../store-error.ts';
import { createSteps, sqliteSteps } from './schema.ts';
import { sqliteError } from './sqlite-error.ts';

/** The use of a file: to `read` it, to `change` one that exists, or to `keep` a ledger in it, which creates it. */
export type SqliteAccess = 'read' | 'change' | 'keep';

/** The way in which a file is opened. */
export interface SqliteOptions {
  readonly file: string;
  readonly access: SqliteAccess;
  /** The wait for the lock of another process, in milliseconds. */
  readonly busyMs: number;
  /** The steps of the schema, which tests change. */
  readonly steps?: readonly SchemaStep[];
}

/** The mode of a new file: it tells who uses the cloud, which not every user of the machine should read. */
const fileMode = 0o640;

/** Open a file of the ledger; a gateway brings its schema up to date. @throws {LedgerStoreError} */
export function openSqlite(options: SqliteOptions): DatabaseSync {
  const { file, access, busyMs } = options;
  if (access !== 'keep' && !existsSync(file))
    throw new LedgerStoreError(`the ledger's file ${file} does not exist (ENOENT)`, 'ENOENT', true);
  let database: DatabaseSync | undefined;
  try {
    // SQLite gives its -wal and -shm files the mode of the file.
    if (access === 'keep' && !existsSync(file)) closeSync(openSync(file, 'a', fileMode));
    database = access === 'read' ? openForReading(file, busyMs) : new DatabaseSync(file, { timeout: busyMs });
    checkSchema(database, options);
    if (access !== 'read') prepareForWriting(database);
    migrate(database, options);
    return database;
  } catch (error) {
    database?.close();
    throw openingError(error, file);
  }
}

/** Identify the file at a path, so that one that was removed or replaced is noticed; undefined if there is none. */
export function fileIdentity(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats && `${stats.dev}:${stats.ino}`;
}

/**
 * Open a file to read it. SQLite needs its -shm file beside it, which it cannot create in a folder that may not be written to;
 * there, a file without a -wal file is read as one that nobody changes.
 */
function openForReading(file: string, timeout: number): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true, timeout });
  try {
    versionOf(database);
    return database;
  } catch (error) {
    database.close();
    const { code } = sqliteError(error, file);
    const isSealed = code === 'SQLITE_READONLY' || code === 'SQLITE_CANTOPEN';
    if (!isSealed || existsSync(`${file}-wal`)) throw error;
    const url = pathToFileURL(file);
    url.searchParams.set('immutable', '1');
    return new DatabaseSync(url, { readOnly: true });
  }
}

function prepareForWriting(database: DatabaseSync): void {
  // With a write-ahead log, readers and one writer do not wait for each other; NORMAL may lose the last writes in a power cut,
  // which cannot damage the file, and what is lost belongs to the last interval.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  // Overwrite removed rows with zeros: those of a forgotten project must not stay in the file.
  database.exec('PRAGMA secure_delete = ON');
}

/** Check that this gateway may use a file, whose schema another one may have changed in the meantime. @throws {LedgerStoreError} */
export function checkSchema(database: DatabaseSync, { file, steps = sqliteSteps }: SqliteOptions): void {
  missingSteps(stateOf(database, steps), steps, placeOf(file));
}

function migrate(database: DatabaseSync, { file, access, steps = sqliteSteps }: SqliteOptions): void {
  const place = placeOf(file);
  const state = stateOf(database, steps);
  const missing = missingSteps(state, steps, place);
  if (missing.length > 0 && access !== 'keep') throw olderSchema(state, steps, place);
  for (const step of missing) takeStep(database, step, steps, place);
}

/** Take a step, unless another process was faster. */
function takeStep(database: DatabaseSync, step: SchemaStep, steps: readonly SchemaStep[], place: string): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    if (missingSteps(stateOf(database, steps), steps, place).includes(step)) {
      database.exec(createSteps);
      database.exec(step.sql);
      const record = 'INSERT INTO step (version, oldest_user, adds) VALUES (?, ?, ?)';
      database.prepare(record).run(step.version, step.oldestUser, step.adds);
      database.exec(`PRAGMA user_version = ${step.version}`);
    }
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** Read the version of a file. Only that of a newer gateway can have steps that older ones must not use. */
function stateOf(database: DatabaseSync, steps: readonly SchemaStep[]): SchemaState {
  const version = versionOf(database);
  if (version <= steps.length) return { version, oldestUser: Math.min(version, 1) };
  const hasSteps = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'step'").get() !== undefined;
  const row = hasSteps ? database.prepare('SELECT max(oldest_user) AS oldest FROM step').get() : undefined;
  return { version, oldestUser: Number(row?.['oldest'] ?? version) };
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}

function placeOf(file: string): string {
  return `the ledger's file ${file}`;
}

/** Explain an error of opening, of which those of the file system have no SQLite code. */
function openingError(error: unknown, file: string): LedgerStoreError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^E[A-Z]+$/.test(code) || error instanceof LedgerStoreError) return sqliteError(error, file);
  const isPassing = ['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE'].includes(code);
  const text = 'it cannot be created: its folder must exist, and this process must be allowed to write in it';
  return new LedgerStoreError(`the ledger's file ${file}: ${text} (${code})`, code, !isPassing);
}
