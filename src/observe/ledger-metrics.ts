import { Counter, gaugeOf, type Registry } from './prometheus.ts';

/** The numbers of a process that counts. */
export interface CountReadings {
  readonly keys: number;
  readonly others: number;
}

/** The numbers of the process that stores the counts. */
export interface KeeperReadings {
  readonly waiting: number;
  readonly lost: number;
  readonly failures: number;
  /** In milliseconds of Unix time; NaN before. */
  readonly lastStoredAt: number;
}

/** The metrics of the ledger. Without a ledger there are none. */
export interface LedgerMetrics {
  readonly watchCounts: (readings: CountReadings) => void;
  readonly watchKeeper: (readings: KeeperReadings) => void;
}

/** Create the metrics, which appear when they are watched. */
export function createLedgerMetrics(registry: Registry): LedgerMetrics {
  return {
    watchCounts: (readings) => addCountMetrics(registry, readings),
    watchKeeper: (readings) => addKeeperMetrics(registry, readings),
  };
}

function addCountMetrics(registry: Registry, readings: CountReadings): void {
  registry.registerMetric(
    gaugeOf(
      'gateway_ledger_keys',
      'Combinations of project, client, network, operation and reason that are held; the limit of each process is ledger.maxKeys.',
      () => readings.keys,
    ),
  );
  addCounter(
    registry,
    'gateway_ledger_others_total',
    'Needs that were counted as (other), because the ledger or the share of a project was full.',
    () => readings.others,
  );
}

function addKeeperMetrics(registry: Registry, readings: KeeperReadings): void {
  registry.registerMetric(
    gaugeOf(
      'gateway_ledger_last_stored_timestamp_seconds',
      'Unix time at which all counts were stored last; NaN before the first time.',
      () => readings.lastStoredAt / 1000,
    ),
  );
  registry.registerMetric(gaugeOf('gateway_ledger_waiting', 'Counts that wait to be stored.', () => readings.waiting));
  addCounter(
    registry,
    'gateway_ledger_failures_total',
    'Attempts to store counts that failed or took too long. The counts are held, and stored later.',
    () => readings.failures,
  );
  addCounter(
    registry,
    'gateway_ledger_lost_total',
    'Counts that were lost, because the store was away for so long that no more could be held.',
    () => readings.lost,
  );
}

/** Add a counter whose value is read elsewhere. */
function addCounter(registry: Registry, name: string, help: string, read: () => number): void {
  const counter: Counter = new Counter({
    name,
    help,
    registers: [registry],
    collect: () => {
      counter.reset();
      counter.inc(read());
    },
  });
}
