import type { Log } from '../../observe/log.ts';
import type { LedgerStore } from '../store.ts';

/** The instance that starts, and the time of that in milliseconds of Unix time. */
export interface StartingInstance {
  readonly instance: string;
  readonly startedAt: number;
}

/**
 * Warn if the last run of an instance has not ended in order, as after kill -9: what it counted after it stored last is lost.
 * @throws {LedgerStoreError}
 */
export async function reportFormerRun(
  store: LedgerStore,
  { instance, startedAt }: StartingInstance,
  log: Log,
): Promise<void> {
  const runs = (await store.runs()).filter((run) => run.instance === instance && run.startedAt < startedAt);
  // A run that ended in order later has made up for those before, which the log has named already.
  const last = runs.toSorted((a, b) => a.storedAt - b.storedAt).at(-1);
  if (last === undefined || last.isClosed) return;
  log.warn('ledger has a gap', { instance, since: new Date(last.storedAt).toISOString(), boot: last.boot });
}
