import type { Config } from '../../../src/config/settings.ts';
import { dayMs } from '../../../src/ledger/days.ts';
import type { DayCount, LedgerRun } from '../../../src/ledger/entry.ts';
import type { GatewayLedger } from '../../../src/ledger/keep/gateway-ledger.ts';
import { simulatedVersion } from '../../../src/ledger/simulated.ts';
import type { LedgerStore } from '../../../src/ledger/store.ts';
import type { Log } from '../../../src/observe/log.ts';
import { startLedger } from '../../../src/process/ledger/start-ledger.ts';
import { simulatedCallers, simulatedDays } from './simulated-callers.ts';
import { simulatedCounts, simulatedGap } from './simulated-counts.ts';

/** The ledger of the demo. */
export interface DemoLedger {
  readonly ledger: GatewayLedger | undefined;
  /** True if simulated counts were put into it. */
  readonly isSimulated: boolean;
}

/**
 * Open the ledger of the demo, and put simulated months into it, so that the console has something to show. A store that has data
 * already stays as it is: they may be real.
 * @throws {ConfigError} for a store that can never be used
 */
export async function openDemoLedger(config: Pick<Config, 'ledger'>, log: Log): Promise<DemoLedger> {
  const ledger = await startLedger(config, { version: 'demo', log, isCounting: true });
  // A database that is away may have data.
  const runs = await ledger?.store.runs().catch(() => undefined);
  if (ledger === undefined || runs === undefined || runs.length > 0) return { ledger, isSimulated: false };
  await putSimulated(ledger.store, Date.now());
  ledger.own?.prime(await ledger.keys());
  return { ledger, isSimulated: true };
}

/** Store the simulated counts as those of two runs: the first was cut, and the second began some days later. */
export async function putSimulated(store: LedgerStore, now: number): Promise<void> {
  const counts = simulatedCounts(simulatedCallers, now);
  const cutAt = now - simulatedGap.from * dayMs;
  const isBefore = ({ first }: DayCount): boolean => first < cutAt;
  const former = { startedAt: now - simulatedDays * dayMs, storedAt: cutAt, isClosed: false };
  const latter = { startedAt: now - simulatedGap.until * dayMs, storedAt: now, isClosed: true };
  await store.write(runOf(1, former), counts.filter(isBefore));
  await store.write(
    runOf(2, latter),
    counts.filter((count) => !isBefore(count)),
  );
}

function runOf(place: number, times: Pick<LedgerRun, 'startedAt' | 'storedAt' | 'isClosed'>): LedgerRun {
  return { instance: `simulated-${place}`, boot: `simulated-${place}`, version: simulatedVersion, others: 0, ...times };
}
