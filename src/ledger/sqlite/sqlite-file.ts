import type { DatabaseSync } from 'node:sqlite';
import { dayMs, dayNumberIn } from '../days.ts';
import type { DayCount, KeyHistory, LedgerKey, LedgerRun } from '../entry.ts';
import { LedgerStoreError } from '../store-error.ts';
import { checkSchema, fileIdentity, openSqlite, type SqliteOptions } from './connection.ts';
import { keyInRow } from '../key-in-row.ts';
import { countIn, historyIn, keyColumns, runIn, shortRequestId } from './rows.ts';
import { sqliteError } from './sqlite-error.ts';
import { forgetProject, trimDay, trimKeysAndRuns } from './removal.ts';

/** The place after which a page of counts begins: all before it have been read. */
export interface CountCursor {
  readonly day: number;
  readonly keyId: number;
}

/** Some counts in the order of days, each of one run. `next` is undefined at the end. */
export interface CountPage {
  readonly counts: readonly DayCount[];
  readonly next: CountCursor | undefined;
}

/** Some histories in the order of the ids of their keys. `next` is the id of the last key; undefined at the end. */
export interface HistoryPage {
  readonly histories: readonly KeyHistory[];
  readonly next: number | undefined;
}

const insertRun = `
  INSERT INTO run (boot, instance, version, started_at, stored_at, is_closed, others, lost_from, lost_until)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (boot) DO UPDATE SET stored_at = max(stored_at, excluded.stored_at),
    is_closed = max(is_closed, excluded.is_closed), others = max(others, excluded.others),
    lost_from = coalesce(min(lost_from, excluded.lost_from), lost_from, excluded.lost_from),
    lost_until = coalesce(max(lost_until, excluded.lost_until), lost_until, excluded.lost_until)
  RETURNING id`;
const insertKey = `INSERT INTO key (${keyColumns}) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;
const insertCount = `
  INSERT INTO count (day, key, run, answered, failed, refused, first, last, request_id)
  VALUES (?, (SELECT id FROM key WHERE project = ? AND agent = ? AND network = ? AND operation = ? AND reason = ?),
    ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (day, key, run) DO UPDATE SET
    answered = max(answered, excluded.answered), failed = max(failed, excluded.failed),
    refused = max(refused, excluded.refused), first = min(first, excluded.first),
    request_id = CASE WHEN excluded.last >= last THEN excluded.request_id ELSE request_id END,
    last = max(last, excluded.last)`;
const selectPage = `
  SELECT day, key.id AS id, ${keyColumns}, answered, failed, refused, count.first, count.last, request_id
  FROM count JOIN key ON key.id = count.key WHERE (day, count.key) > (?, ?) ORDER BY day, count.key LIMIT ?`;
const selectHistories = 'SELECT * FROM key WHERE last IS NOT NULL AND id > ? ORDER BY id LIMIT ?';

/**
 * A ledger in a file of SQLite, for one process or thread; each call holds it until it is done. The file is opened by the first
 * call, and again after one that failed. Several processes of one machine may use the same file.
 */
export class SqliteFile {
  readonly #options: SqliteOptions;
  #database: DatabaseSync | undefined;
  #identity: string | undefined;

  constructor(options: SqliteOptions) {
    this.#options = options;
  }

  /** Open the file. @throws {LedgerStoreError} */
  open(): void {
    this.#inTransaction(() => undefined);
  }

  /** Store a run and some counts. @throws {LedgerStoreError} */
  write(run: LedgerRun, counts: readonly DayCount[]): void {
    this.#inTransaction((database) => {
      const { boot, instance, version, startedAt, storedAt, isClosed, others, lost } = run;
      const ofLost = [lost?.from ?? null, lost?.until ?? null];
      const stored = [boot, instance, version, startedAt, storedAt, Number(isClosed), others, ...ofLost];
      const runId = Number(database.prepare(insertRun).get(...stored)?.['id']);
      const [toKey, toCount] = [database.prepare(insertKey), database.prepare(insertCount)];
      for (const { key, day, answered, failed, refused = 0, first, last, requestId } of counts) {
        const parts = [key.project, key.agent, key.network, key.operation, key.reason];
        const number = dayNumberIn(day);
        const span = [first - number * dayMs, last - number * dayMs];
        toKey.run(...parts);
        toCount.run(number, ...parts, runId, answered, failed, refused, ...span, shortRequestId(requestId));
      }
    });
  }

  /** Read the counts after a place, all runs of a key and day together on one page. @param limit the largest number of rows */
  page({ day, keyId }: CountCursor, limit: number): CountPage {
    return this.#reading((database) => {
      const rows = database.prepare(selectPage).all(day, keyId, limit);
      const last = rows.at(-1);
      if (last === undefined || rows.length < limit) return { counts: rows.map(countIn), next: undefined };
      // The last key may have more runs: read it again with the next page, unless it is the only one.
      const whole = rows.filter((row) => row['day'] !== last['day'] || row['id'] !== last['id']);
      const kept = whole.at(-1);
      if (kept === undefined) return this.page({ day, keyId }, limit * 2);
      return { counts: whole.map(countIn), next: { day: Number(kept['day']), keyId: Number(kept['id']) } };
    });
  }

  /** List the runs. */
  runs(): readonly LedgerRun[] {
    return this.#reading((database) => database.prepare('SELECT * FROM run ORDER BY started_at').all().map(runIn));
  }

  /** List some of the keys with removed days: those after the one with an id. @param limit the largest number of keys */
  histories(afterId: number, limit: number): HistoryPage {
    return this.#reading((database) => {
      const rows = database.prepare(selectHistories).all(afterId, limit);
      const next = rows.length < limit ? undefined : Number(rows.at(-1)?.['id']);
      return { histories: rows.map(historyIn), next };
    });
  }

  /** List the keys that came last. */
  keys(limit: number): readonly LedgerKey[] {
    return this.#reading((database) =>
      database.prepare(`SELECT ${keyColumns} FROM key ORDER BY id DESC LIMIT ?`).all(limit).map(keyInRow),
    );
  }

  /** Remove the earliest day, if it is before a day; false if there is none. */
  trimDay(beforeDay: number): boolean {
    return this.#inTransaction((database) => trimDay(database, beforeDay));
  }

  /** Remove the keys that were last seen before a day, and the runs that ended before another. */
  trimKeysAndRuns(forgottenBefore: number, runsBefore: number): void {
    this.#inTransaction((database) => trimKeysAndRuns(database, forgottenBefore, runsBefore));
  }

  /** Remove everything about a project. @returns the number of keys */
  forget(project: string): number {
    const removed = this.#inTransaction((database) => forgetProject(database, project));
    // The write-ahead log still has the pages as they were.
    this.#reading((database) => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    return removed;
  }

  /** Close the file. */
  close(): void {
    this.#database?.close();
    this.#database = undefined;
  }

  #inTransaction<T>(work: (database: DatabaseSync) => T): T {
    return this.#reading((database) => {
      database.exec('BEGIN IMMEDIATE');
      // Only now no other gateway can take a step.
      checkSchema(database, this.#options);
      const result = work(database);
      database.exec('COMMIT');
      return result;
    });
  }

  #reading<T>(work: (database: DatabaseSync) => T): T {
    const { file } = this.#options;
    try {
      const database = this.#opened();
      checkSchema(database, this.#options);
      return work(database);
    } catch (error) {
      this.#closeAfter();
      throw sqliteError(error, file);
    }
  }

  #opened(): DatabaseSync {
    const { file } = this.#options;
    // Otherwise SQLite would write to a file that has no name any more.
    if (this.#database !== undefined && fileIdentity(file) !== this.#identity)
      throw new LedgerStoreError(`the ledger's file ${file} was removed or replaced (ESTALE)`, 'ESTALE', false);
    this.#database ??= openSqlite(this.#options);
    this.#identity ??= fileIdentity(file);
    return this.#database;
  }

  /** Close after an error, which rolls a transaction back. */
  #closeAfter(): void {
    try {
      this.#database?.close();
    } catch {
      // A file that cannot be closed is not used any more either.
    }
    this.#database = undefined;
    this.#identity = undefined;
  }
}
