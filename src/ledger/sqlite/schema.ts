/**
 * The steps of the schema: each brings the file from the version that is its place in the list to the next one. A file says its
 * version itself (`PRAGMA user_version`).
 *
 * `day` is the number of the day from 1 January 1970. `first` and `last` of `count` are in milliseconds from the beginning of the
 * day, which takes four bytes instead of six; in `key`, they are the first and last exchange of removed days, in milliseconds of
 * Unix time, and NULL while none was removed. `request_id` is the 16 bytes of a UUID for the form req-UUID, else text.
 */
export const sqliteSteps: readonly string[] = [
  `
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
];
