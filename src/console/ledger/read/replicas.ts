import type { LedgerRun } from '../../../ledger/entry.ts';
import { longestSilenceMs } from '../../../way-out/data-gaps.ts';
import { isoText } from '../../../way-out/words/time-text.ts';
import type { ReplicaRow } from '../../views/replica-types.ts';

/** The most gateways that are listed: each pod of a deployment has a name of its own. */
const mostReplicas = 1000;
const states = ['alive', 'silent', 'ended'] as const satisfies readonly ReplicaRow['state'][];

/** List the gateways that the store knows: those that are alive first, then the last to have stored something. */
export function replicasOf(runs: readonly LedgerRun[], at: number): readonly ReplicaRow[] {
  return [...Map.groupBy(runs, ({ instance }) => instance)]
    .map(([instance, ofInstance]) => replicaOf(instance, ofInstance, at))
    .toSorted(
      (one, other) =>
        states.indexOf(one.state) - states.indexOf(other.state) || other.storedAt.localeCompare(one.storedAt),
    )
    .slice(0, mostReplicas);
}

function replicaOf(instance: string, runs: readonly LedgerRun[], now: number): ReplicaRow {
  const inOrder = runs.toSorted((one, other) => one.startedAt - other.startedAt);
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  const isAlive = ({ isClosed, storedAt }: LedgerRun): boolean => !isClosed && now - storedAt <= longestSilenceMs;
  const alive = runs.filter(isAlive);
  const gaps = runs.flatMap((run) => gapTimeOf(run, isAlive(run)) ?? []);
  const stored = latest(runs.map(({ storedAt }) => storedAt));
  return {
    instance,
    state: alive.length > 0 ? 'alive' : last?.isClosed === true ? 'ended' : 'silent',
    processes: alive.length,
    version: last?.version ?? '',
    firstStartedAt: isoText(first?.startedAt ?? Number.NaN) ?? '',
    startedAt: isoText(last?.startedAt ?? Number.NaN) ?? '',
    storedAt: isoText(Math.min(stored, now)) ?? '',
    gaps: gaps.length,
    lastGapAt: isoText(gaps.length === 0 ? Number.NaN : latest(gaps)),
    others: runs.reduce((sum, { others }) => sum + others, 0),
  };
}

/** Find the time of the gap that a run has left; undefined for none. */
function gapTimeOf({ lost, isClosed, storedAt }: LedgerRun, isAlive: boolean): number | undefined {
  if (lost !== undefined) return lost.until;
  return isClosed || isAlive ? undefined : storedAt;
}

function latest(times: readonly number[]): number {
  return times.reduce((last, time) => Math.max(last, time), -Infinity);
}
