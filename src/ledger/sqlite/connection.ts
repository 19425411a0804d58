import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { LedgerStoreError } from '../store-error.ts';
import { sqliteSteps } from './schema.ts';
import { sqliteError } from './sqlite-error.ts';

/** The use of a file: to `read` it, to `change` one that exists, or to `keep` a ledger in it, which creates it. */
export type SqliteAccess = 'read' | 'change' | 'keep';

/** The mode of a new file: it tells who uses the cloud, which not every user of the machine should read. */
const fileMode = 0o640;

/** Open a file of the ledger, and bring its schema up to date. @throws {LedgerStoreError} @param busyMs the wait for its lock */
export function openSqlite(file: string, access: SqliteAccess, busyMs: number): DatabaseSync {
  if (access !== 'keep' && !existsSync(file))
    throw new LedgerStoreError(`the ledger's file ${file} does not exist (ENOENT)`, 'ENOENT', true);
  let database: DatabaseSync | undefined;
  try {
    // SQLite gives its -wal and -shm files the mode of the file.
    if (access === 'keep' && !existsSync(file)) closeSync(openSync(file, 'a', fileMode));
    database = access === 'read' ? openForReading(file, busyMs) : new DatabaseSync(file, { timeout: busyMs });
    if (access !== 'read') prepareForWriting(database);
    migrate(database, file, access);
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
  // What is removed, such as a project that is to be forgotten, is overwritten with zeros.
  database.exec('PRAGMA secure_delete = ON');
}

function migrate(database: DatabaseSync, file: string, access: SqliteAccess): void {
  if (versionOf(database) === sqliteSteps.length) return;
  if (access === 'read') return refuseVersion(versionOf(database), file);
  database.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have been faster.
    const version = versionOf(database);
    if (version > sqliteSteps.length) refuseVersion(version, file);
    for (const step of sqliteSteps.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${sqliteSteps.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}

function refuseVersion(version: number, file: string): void {
  const reason =
    version > sqliteSteps.length
      ? `it is of a newer gateway (schema ${version}, this gateway knows ${sqliteSteps.length}): use that version, or another file`
      : `it has no ledger of this version (schema ${version}, needed is ${sqliteSteps.length}): let the gateway open it once`;
  throw new LedgerStoreError(`the ledger's file ${file}: ${reason} (ELEDGERSCHEMA)`, 'ELEDGERSCHEMA', true);
}

/** Explain an error of opening, of which those of the file system have no SQLite code. */
function openingError(error: unknown, file: string): LedgerStoreError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^E[A-Z]+$/.test(code) || error instanceof LedgerStoreError) return sqliteError(error, file);
  const isPassing = ['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE'].includes(code);
  const text = 'it cannot be created: its folder must exist, and this process must be allowed to write in it';
  return new LedgerStoreError(`the ledger's file ${file}: ${text} (${code})`, code, !isPassing);
}
