import type { DatabaseSync } from 'node:sqlite';
import { dayMs } from '../days.ts';

// SQLite rounds integer division toward zero, and all times are after 1970.
const widenHistories = `
  UPDATE key SET
    longest_gap = CASE WHEN key.last IS NULL THEN 0 ELSE max(longest_gap, removed.day - key.last / ${dayMs}) END,
    first = min(coalesce(key.first, removed.first), removed.first),
    last = max(coalesce(key.last, removed.last), removed.last)
  FROM (SELECT day, key, min(first) + day * ${dayMs} AS first, max(last) + day * ${dayMs} AS last
    FROM count WHERE day = ? GROUP BY key) AS removed
  WHERE key.id = removed.key`;

/**
 * Remove the earliest day, if it is before a day, and keep the gap before it with its keys; one day in a transaction, so that
 * nobody waits for long. @returns false if there is no such day
 */
export function trimDay(database: DatabaseSync, beforeDay: number): boolean {
  const day = database.prepare('SELECT min(day) AS day FROM count WHERE day < ?').get(beforeDay)?.['day'];
  if (typeof day !== 'number') return false;
  database.prepare(widenHistories).run(day);
  database.prepare('DELETE FROM count WHERE day = ?').run(day);
  return true;
}

/** Remove the keys that have no counts and were last seen before a day, and the runs that ended before another. */
export function trimKeysAndRuns(database: DatabaseSync, forgottenBefore: number, runsBefore: number): void {
  database
    .prepare('DELETE FROM key WHERE last < ? AND NOT EXISTS (SELECT 1 FROM count WHERE count.key = key.id)')
    .run(forgottenBefore * dayMs);
  database.prepare('DELETE FROM run WHERE stored_at < ?').run(runsBefore * dayMs);
}

/** Remove everything about a project. @returns the number of keys */
export function forgetProject(database: DatabaseSync, project: string): number {
  database.prepare('DELETE FROM count WHERE key IN (SELECT id FROM key WHERE project = ?)').run(project);
  return Number(database.prepare('DELETE FROM key WHERE project = ?').run(project).changes);
}
