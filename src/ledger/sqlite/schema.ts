import type { SchemaStep } from '../schema-steps.ts';

/**
 * The steps of the schema of a file, which says its version itself (`PRAGMA user_version`).
 *
 * `day` is the number of the day from 1 January 1970. `first` and `last` of `count` are in milliseconds from the beginning of the
 * day, which takes four bytes instead of six; in `key`, they are the first and last exchange of removed days, in milliseconds of
 * Unix time, and NULL while none was removed; `lost_from` and `lost_until` of `run` are NULL while it lost nothing. `request_id` is the 16 bytes of a UUID for the form req-UUID, else text.
 */
export const sqliteSteps: readonly SchemaStep[] = [
  {
    version: 1,
    oldestUser: 1,
    adds: 'runs, keys and counts',
    sql: `
  CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    boot TEXT NOT NULL UNIQUE,
    instance TEXT NOT NULL,
    version TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    stored_at INTEGER NOT NULL,
    is_closed INTEGER NOT NULL,
    others INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE key (
    id INTEGER PRIMARY KEY,
    project TEXT NOT NULL,
    agent TEXT NOT NULL,
    network TEXT NOT NULL,
    operation TEXT NOT NULL,
    reason TEXT NOT NULL,
    first INTEGER,
    last INTEGER,
    longest_gap INTEGER,
    UNIQUE (project, agent, network, operation, reason)
  ) STRICT;
  CREATE TABLE count (
    day INTEGER NOT NULL,
    key INTEGER NOT NULL,
    run INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    request_id ANY NOT NULL,
    PRIMARY KEY (day, key, run)
  ) STRICT, WITHOUT ROWID;
  `,
  },
  {
    version: 2,
    oldestUser: 1,
    adds: 'the number of calls that the retirement file refused',
    sql: 'ALTER TABLE count ADD COLUMN refused INTEGER NOT NULL DEFAULT 0',
  },
  {
    version: 3,
    oldestUser: 1,
    adds: 'the time of which a run lost counts',
    sql: 'ALTER TABLE run ADD COLUMN lost_from INTEGER; ALTER TABLE run ADD COLUMN lost_until INTEGER',
  },
];

/** The table of the steps that were taken, from which older gateways read if they may still use the file. */
export const createSteps = `CREATE TABLE IF NOT EXISTS step (
    version INTEGER PRIMARY KEY,
    oldest_user INTEGER NOT NULL,
    adds TEXT NOT NULL,
    taken_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
  ) STRICT`;
