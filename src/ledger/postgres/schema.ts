import type { SchemaStep } from '../schema-steps.ts';

/**
 * The schema of the ledger in PostgreSQL, step by step. Everything is in a schema of its own, so that a database can be shared,
 * and that it is plain to whom the tables belong.
 */
export const postgresSteps: readonly SchemaStep[] = [
  {
    version: 1,
    oldestUser: 1,
    adds: 'runs, keys, counts and histories, and the view "days" for people',
    sql: `
CREATE TABLE gateway_ledger.runs (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  boot       text NOT NULL UNIQUE,
  instance   text NOT NULL,
  version    text NOT NULL,
  started_at timestamptz NOT NULL,
  stored_at  timestamptz NOT NULL,
  is_closed  boolean NOT NULL,
  others     bigint NOT NULL
);

CREATE TABLE gateway_ledger.keys (
  id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  project   text NOT NULL,
  agent     text NOT NULL,
  network   text NOT NULL,
  operation text NOT NULL,
  reason    text NOT NULL,
  UNIQUE (project, agent, network, operation, reason)
);

CREATE TABLE gateway_ledger.counts (
  day        date NOT NULL,
  key_id     integer NOT NULL REFERENCES gateway_ledger.keys,
  run_id     bigint NOT NULL REFERENCES gateway_ledger.runs,
  answered   bigint NOT NULL,
  failed     bigint NOT NULL,
  first_at   timestamptz NOT NULL,
  last_at    timestamptz NOT NULL,
  request_id text NOT NULL,
  PRIMARY KEY (day, key_id, run_id)
);
CREATE INDEX counts_key_id ON gateway_ledger.counts (key_id);

CREATE TABLE gateway_ledger.histories (
  key_id           integer PRIMARY KEY REFERENCES gateway_ledger.keys ON DELETE CASCADE,
  first_at         timestamptz NOT NULL,
  last_at          timestamptz NOT NULL,
  longest_gap_days integer NOT NULL
);

CREATE VIEW gateway_ledger.days AS
SELECT counts.day, keys.project, keys.agent, keys.network, keys.operation, keys.reason,
       sum(counts.answered) AS answered, sum(counts.failed) AS failed,
       min(counts.first_at) AS first_at, max(counts.last_at) AS last_at
FROM gateway_ledger.counts JOIN gateway_ledger.keys ON keys.id = counts.key_id
GROUP BY counts.day, keys.id;

COMMENT ON TABLE gateway_ledger.runs IS 'The runs of gateways: from the start of a process to its end';
COMMENT ON TABLE gateway_ledger.keys IS 'Who needed the gateway, for which operation, and why';
COMMENT ON TABLE gateway_ledger.counts IS 'The counts of one run, key and day, which only grow; the truth is their sum over all runs';
COMMENT ON TABLE gateway_ledger.histories IS 'The part of the history of a key whose days have been removed';
COMMENT ON VIEW gateway_ledger.days IS 'The counts of all runs together, for people';
`,
  },
  {
    version: 2,
    oldestUser: 1,
    adds: 'the number of calls that the retirement file refused',
    // A new column of a view must be its last.
    sql: `
ALTER TABLE gateway_ledger.counts ADD COLUMN refused bigint NOT NULL DEFAULT 0;

CREATE OR REPLACE VIEW gateway_ledger.days AS
SELECT counts.day, keys.project, keys.agent, keys.network, keys.operation, keys.reason,
       sum(counts.answered) AS answered, sum(counts.failed) AS failed,
       min(counts.first_at) AS first_at, max(counts.last_at) AS last_at, sum(counts.refused) AS refused
FROM gateway_ledger.counts JOIN gateway_ledger.keys ON keys.id = counts.key_id
GROUP BY counts.day, keys.id;
`,
  },
  {
    version: 3,
    oldestUser: 1,
    adds: 'the time of which a run lost counts',
    sql: `
ALTER TABLE gateway_ledger.runs ADD COLUMN lost_from timestamptz, ADD COLUMN lost_until timestamptz;
COMMENT ON COLUMN gateway_ledger.runs.lost_from IS 'The first exchange whose counts were lost, because the database was away for too long';
`,
  },
];

/**
 * Look for the ledger; this needs no right. The catalogue is read as a table: `to_regclass` would answer from a cache that does
 * not know yet what another gateway has committed while this one waited for its lock.
 */
export const findLedger = `SELECT
  EXISTS (SELECT FROM pg_namespace WHERE nspname = 'gateway_ledger') AS "hasSchema",
  EXISTS (SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
          WHERE nspname = 'gateway_ledger' AND relname = 'versions') AS "hasVersions",
  current_setting('server_encoding') AS "encoding"`;

/** Hold off other gateways that create the schema or take a step. The number is a fixed one of this product. */
export const lockLedger = 'SELECT pg_advisory_xact_lock(7415209384)';

export const createSchema = `CREATE SCHEMA gateway_ledger;
COMMENT ON SCHEMA gateway_ledger IS 'The ledger of legacy-compute-gateway: who still needs it, and why'`;

export const createVersions = `CREATE TABLE gateway_ledger.versions (
  version       integer PRIMARY KEY,
  oldest_user integer NOT NULL,
  adds          text NOT NULL,
  taken_at      timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE gateway_ledger.versions IS 'The steps of the schema that were taken; gateways that know less than oldest_user do not use it'`;

/** Wait for writes that have read the version, and hold off those that would. */
export const lockVersions = 'LOCK TABLE gateway_ledger.versions IN ACCESS EXCLUSIVE MODE';

export const readVersion = `SELECT coalesce(max(version), 0) AS "version", coalesce(max(oldest_user), 0) AS "oldestUser"
FROM gateway_ledger.versions`;

export const recordStep = 'INSERT INTO gateway_ledger.versions (version, oldest_user, adds) VALUES ($1, $2, $3)';
