import type { Log } from '../../observe/log.ts';
import type { LedgerRun } from '../entry.ts';
import type { LedgerStore } from '../store.ts';

/** The instance that starts, and the time of that in milliseconds of Unix time. */
export interface StartingInstance {
  readonly instance: string;
  readonly startedAt: number;
}

/** The surroundings of a look at the former runs. */
export interface FormerRunSurroundings {
  readonly log: Log;
  /** Wait until a gateway that runs has stored something; rejects if this one ends before. */
  readonly wait: () => Promise<void>;
}

/**
 * Warn if the last run of an instance has not ended in order, as after kill -9: what it counted after it stored last is lost. A run
 * that stores something meanwhile is that of another gateway of the same name, such as one on the same machine, and has no gap.
 * @throws {LedgerStoreError}
 */
export async function reportFormerRun(
  store: LedgerStore,
  starting: StartingInstance,
  { log, wait }: FormerRunSurroundings,
): Promise<void> {
  const before = await runsBefore(store, starting);
  if (before.every(({ isClosed }) => isClosed)) return;
  await wait();
  const after = await runsBefore(store, starting);
  const storedAt = new Map(before.map((run) => [run.boot, run.storedAt]));
  const cut = lastCut(after, (run) => run.storedAt === storedAt.get(run.boot));
  if (cut === undefined) return;
  const { instance } = starting;
  log.warn('ledger has a gap', { instance, since: new Date(cut.storedAt).toISOString(), boot: cut.boot });
}

async function runsBefore(
  store: LedgerStore,
  { instance, startedAt }: StartingInstance,
): Promise<readonly LedgerRun[]> {
  return (await store.runs()).filter((run) => run.instance === instance && run.startedAt < startedAt);
}

/** Find the run that was cut off last; none if another one has started after it, which has named it. */
function lastCut(runs: readonly LedgerRun[], isStill: (run: LedgerRun) => boolean): LedgerRun | undefined {
  const cut = runs.filter((run) => !run.isClosed && isStill(run)).toSorted((a, b) => a.storedAt - b.storedAt);
  const last = cut.at(-1);
  return last !== undefined && runs.some(({ startedAt }) => startedAt >= last.storedAt) ? undefined : last;
}
