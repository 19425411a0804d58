import { createAdminCounter, type AdminMetrics } from './admin-counter.ts';
import { withLatestUpstream } from './cloud-gauges.ts';
import { createFileGauges, type FileGauges } from './file-gauges.ts';
import { addLogCounter } from './log-counter.ts';
import { createLedgerMetrics, type LedgerMetrics } from './ledger-metrics.ts';
import type { Metrics } from './metrics.ts';
import {
  AggregatorRegistry,
  Counter,
  createRegistry,
  gaugeOf,
  type Aggregator,
  type MetricsSnapshot,
} from './prometheus.ts';

/** The metrics of a primary, which serves no callers itself. */
export interface PrimaryMetrics
  extends Pick<Metrics, 'contentType' | 'snapshot'>, FileGauges, AdminMetrics, LedgerMetrics {
  /** Count a worker that stopped serving without an order to drain. */
  readonly countLostWorker: () => void;
}

/** Create the metrics of a primary. */
export function createPrimaryMetrics(servingWorkers: () => number): PrimaryMetrics {
  const registry = createRegistry();
  const lost = new Counter({
    name: 'gateway_workers_lost_total',
    help: 'Workers that ended or had an unexpected error without an order to end; only with several workers.',
    registers: [registry],
  });
  registry.registerMetric(
    gaugeOf('gateway_workers', 'Workers that serve callers; only with several workers.', servingWorkers),
  );
  // The primary counts like a worker, and the worst value is shown: the workers never see a configuration that it refuses.
  const gauges = createFileGauges(registry);
  addLogCounter(registry);
  // The primary does not serve callers: the lag of its event loop would hide that of the workers.
  const snapshot = async (): Promise<MetricsSnapshot> =>
    (await registry.getMetricsAsJSON()).filter(({ name }) => !name.startsWith('nodejs_eventloop_'));
  return {
    contentType: registry.contentType,
    snapshot,
    countLostWorker: () => lost.inc(),
    ...gauges,
    ...createAdminCounter(registry),
    ...createLedgerMetrics(registry),
  };
}

/** The aggregators of metrics whose own aggregator in prom-client (sum or average) would hide the worst process. */
const aggregators: readonly (readonly [names: RegExp, aggregator: Aggregator])[] = [
  [/^nodejs_eventloop_lag(?:_p\d+)?_seconds$/, 'max'],
  [/^process_start_time_seconds$/, 'min'],
];

/**
 * Sum the metrics of several processes: counts and sizes are added, for the lag of the event loop the maximum is taken, and
 * the state of the cloud is that of the latest exchange. NaN is the sum only if no process has a number for
 * the region.
 */
export function sumSnapshots(snapshots: readonly MetricsSnapshot[]): Pick<Metrics, 'text' | 'snapshot'> {
  const known = new Set(
    snapshots.flatMap((snapshot) =>
      snapshot.flatMap(({ name, values }) => values.filter(isNumber).map((value) => seriesOf(name, value))),
    ),
  );
  const registry = AggregatorRegistry.aggregate(
    withLatestUpstream(snapshots).map((snapshot) =>
      snapshot.map((metric) => ({
        ...metric,
        aggregator: aggregators.find(([names]) => names.test(metric.name))?.[1] ?? metric.aggregator,
        // NaN becomes null in a message between processes, and null would count as a number.
        values: metric.values
          .filter((value) => isNumber(value) || !known.has(seriesOf(metric.name, value)))
          .map((value) => (isNumber(value) ? value : { ...value, value: Number.NaN })),
      })),
    ),
  );
  return { text: () => registry.metrics(), snapshot: () => registry.getMetricsAsJSON() };
}

/** Name the values that are known or unknown together: those of a metric for one region. */
function seriesOf(name: string, { labels }: MetricsSnapshot[number]['values'][number]): string {
  return `${name} ${labels['region'] ?? ''}`;
}

function isNumber({ value }: { readonly value: number }): boolean {
  return Number.isFinite(value);
}

/** Select the counters and histograms, whose sums must not decrease when a process ends. Its gauges are dropped. */
export function lastingPart(snapshot: MetricsSnapshot): MetricsSnapshot {
  // `type` is declared as a number, but its value is a string.
  return snapshot.filter(({ type }) => ['counter', 'histogram'].includes(String(type)));
}
