import type { LedgerRun } from './entry.ts';

/** The version of runs whose counts a demo has made up. Whoever shows a ledger with such a run says so. */
export const simulatedVersion = 'simulated';

/** Check that some counts of a ledger are made up, so that no date is set by them. */
export function hasSimulatedRun(runs: readonly Pick<LedgerRun, 'version'>[]): boolean {
  return runs.some(({ version }) => version === simulatedVersion);
}
