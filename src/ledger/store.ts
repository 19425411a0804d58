import type { DayCount, KeyHistory, LedgerKey, LedgerRun } from './entry.ts';

/** A place that keeps the ledger. Everything is written by the run that counted it; readers see the sum of all runs. */
export interface LedgerStore {
  /**
   * Store a run and some of its counts. Of two counts of the same run, key and day the larger one counts, member by member
   * (`larger.ts`), and so of two reports of a run, so that the same call may be repeated, and a late one does no harm.
   * @throws {LedgerStoreError} if nothing was stored
   */
  write(run: LedgerRun, counts: readonly DayCount[]): Promise<void>;
  /** Read the counts of all runs together: one for each key and day, from a day on, ordered by day. */
  read(fromDay: string): AsyncIterable<DayCount>;
  /** List all runs, and so the time for which the ledger has data. */
  runs(): Promise<readonly LedgerRun[]>;
  /** List the keys of which days have been removed. */
  histories(): Promise<readonly KeyHistory[]>;
  /** List the keys, at most `limit`. */
  keys(limit: number): Promise<readonly LedgerKey[]>;
  /**
   * Remove the counts before a day. The gaps among them are kept with their keys, until their last exchange is before
   * `forgottenBefore`; then the keys are removed as well, and so are runs that ended before `beforeDay`.
   */
  trim(beforeDay: string, forgottenBefore: string): Promise<void>;
  /** Remove everything about a project. @returns the number of keys that were removed */
  forget(project: string): Promise<number>;
  /** Close the store. It is not used any more. */
  close(): Promise<void>;
}
