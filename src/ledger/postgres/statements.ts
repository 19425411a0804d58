/**
 * The statements of the ledger. Rows are sent as one text of JSON, so that a statement has the same words for any number of
 * rows. None is prepared by name, and settings are those of a transaction: a pooler such as PgBouncer may stand in between.
 */

const milliseconds = (time: string): string => `round(extract(epoch FROM ${time}) * 1000)::float8`;
const time = (value: string): string => `to_timestamp(${value} / 1000.0)`;
const startOf = (day: string): string => `(${day}::date::timestamp AT TIME ZONE 'UTC')`;

const keyColumns = 'project, agent, network, operation, reason';
const keyFields = 'project text, agent text, network text, operation text, reason text';
const keyObject = `keys.project, keys.agent, keys.network, keys.operation, keys.reason`;

/**
 * Begin a transaction whose statements and locks end by themselves, even if the gateway is gone. It is not set to `READ WRITE`,
 * which would override a database that its owner has made read-only.
 */
export function begin(mode: 'READ ONLY' | '', limitMs: number): string {
  return `BEGIN ${mode};
SET LOCAL statement_timeout = ${limitMs};
SET LOCAL lock_timeout = ${limitMs};
SET LOCAL idle_in_transaction_session_timeout = ${limitMs};
SET LOCAL search_path = pg_catalog`;
}

/** Store a run; return its id. What is late changes nothing. */
export const storeRun = `INSERT INTO gateway_ledger.runs AS stored
  (boot, instance, version, started_at, stored_at, is_closed, others, lost_from, lost_until)
VALUES ($1, $2, $3, ${time('$4::float8')}, ${time('$5::float8')}, $6, $7, ${time('$8::float8')}, ${time('$9::float8')})
ON CONFLICT (boot) DO UPDATE SET
  stored_at = GREATEST(stored.stored_at, excluded.stored_at),
  is_closed = stored.is_closed OR excluded.is_closed,
  others = GREATEST(stored.others, excluded.others),
  lost_from = LEAST(stored.lost_from, excluded.lost_from),
  lost_until = GREATEST(stored.lost_until, excluded.lost_until)
RETURNING id`;

/** Add the keys that are new. All gateways add them in the same order, so that none waits for another in a circle. */
export const storeKeys = `INSERT INTO gateway_ledger.keys (${keyColumns})
SELECT DISTINCT ${keyColumns}
FROM json_to_recordset($1::json) AS given (${keyFields})
WHERE NOT EXISTS (
  SELECT FROM gateway_ledger.keys AS known
  WHERE (known.project, known.agent, known.network, known.operation, known.reason)
      = (given.project, given.agent, given.network, given.operation, given.reason))
ORDER BY ${keyColumns}
ON CONFLICT DO NOTHING`;

/** Store counts of a run. A count replaces a smaller one; a repeated or late one changes nothing. */
export const storeCounts = `INSERT INTO gateway_ledger.counts AS stored
  (day, key_id, run_id, answered, failed, refused, first_at, last_at, request_id)
SELECT given.day, keys.id, $2, max(given.answered), max(given.failed), max(given.refused),
       ${time('min(given.first)')}, ${time('max(given.last)')},
       (array_agg(given."requestId" ORDER BY given.last DESC))[1]
FROM json_to_recordset($1::json) AS given
  (day date, ${keyFields}, answered bigint, failed bigint, refused bigint, first float8, last float8, "requestId" text)
JOIN gateway_ledger.keys USING (${keyColumns})
GROUP BY given.day, keys.id
ON CONFLICT (day, key_id, run_id) DO UPDATE SET
  answered = GREATEST(stored.answered, excluded.answered),
  failed = GREATEST(stored.failed, excluded.failed),
  refused = GREATEST(stored.refused, excluded.refused),
  first_at = LEAST(stored.first_at, excluded.first_at),
  last_at = GREATEST(stored.last_at, excluded.last_at),
  request_id = CASE WHEN excluded.last_at >= stored.last_at THEN excluded.request_id ELSE stored.request_id END
WHERE excluded.answered > stored.answered OR excluded.failed > stored.failed OR excluded.refused > stored.refused
   OR excluded.first_at < stored.first_at OR excluded.last_at > stored.last_at`;

/** Read the sums of the next keys and days, in order, from the place where the page before ended. */
export const readPage = `SELECT page.day::text, ${keyObject}, page.answered, page.failed, page.refused, page.first, page.last, page."requestId",
       page.key_id AS "keyId"
FROM (
  SELECT day, key_id, sum(answered)::float8 AS answered, sum(failed)::float8 AS failed,
         sum(refused)::float8 AS refused,
         ${milliseconds('min(first_at)')} AS first, ${milliseconds('max(last_at)')} AS last,
         (array_agg(request_id ORDER BY last_at DESC, request_id DESC))[1] AS "requestId"
  FROM gateway_ledger.counts
  WHERE (day, key_id) > ($1::date, $2::integer)
  GROUP BY day, key_id
  ORDER BY day, key_id
  LIMIT $3
) AS page
JOIN gateway_ledger.keys ON keys.id = page.key_id
ORDER BY page.day, page.key_id`;

export const readRuns = `SELECT instance, boot, version, ${milliseconds('started_at')} AS "startedAt",
       ${milliseconds('stored_at')} AS "storedAt", is_closed AS "isClosed", others::float8,
       ${milliseconds('lost_from')} AS "lostFrom", ${milliseconds('lost_until')} AS "lostUntil"
FROM gateway_ledger.runs
ORDER BY started_at, id`;

export const readHistories = `SELECT ${keyObject}, ${milliseconds('first_at')} AS first, ${milliseconds('last_at')} AS last,
       longest_gap_days AS "longestGapDays"
FROM gateway_ledger.histories JOIN gateway_ledger.keys ON keys.id = histories.key_id
ORDER BY keys.id`;

/** List the keys that came last. */
export const readKeys = `SELECT ${keyColumns} FROM gateway_ledger.keys ORDER BY id DESC LIMIT $1`;

/** Find the earliest day before a day. */
export const findOldDay = 'SELECT min(day)::text AS day FROM gateway_ledger.counts WHERE day < $1::date';

/** Keep the first and the last exchange of a day with its keys, and the gap since the last day that was removed. */
export const keepHistories = `INSERT INTO gateway_ledger.histories AS kept (key_id, first_at, last_at, longest_gap_days)
SELECT key_id, min(first_at), max(last_at), 0
FROM gateway_ledger.counts
WHERE day = $1::date
GROUP BY key_id
ORDER BY key_id
ON CONFLICT (key_id) DO UPDATE SET
  longest_gap_days = GREATEST(kept.longest_gap_days, $1::date - (kept.last_at AT TIME ZONE 'UTC')::date),
  first_at = LEAST(kept.first_at, excluded.first_at),
  last_at = GREATEST(kept.last_at, excluded.last_at)`;

export const removeDay = 'DELETE FROM gateway_ledger.counts WHERE day = $1::date';

/** Remove the keys that have no counts and were last seen before a day. */
export const removeKeys = `DELETE FROM gateway_ledger.keys
USING gateway_ledger.histories
WHERE histories.key_id = keys.id AND histories.last_at < ${startOf('$1')}
  AND NOT EXISTS (SELECT FROM gateway_ledger.counts WHERE counts.key_id = keys.id)`;

/** Remove the runs that ended, in order or not, before a day. */
export const removeRuns = `DELETE FROM gateway_ledger.runs
WHERE stored_at < ${startOf('$1')} AND NOT EXISTS (SELECT FROM gateway_ledger.counts WHERE counts.run_id = runs.id)`;

export const removeProjectCounts = `DELETE FROM gateway_ledger.counts
USING gateway_ledger.keys
WHERE keys.id = counts.key_id AND keys.project = $1`;

export const removeProjectKeys = 'DELETE FROM gateway_ledger.keys WHERE project = $1';
