import {
  AggregatorRegistry,
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
  type Aggregator,
  type CounterConfiguration,
} from 'prom-client';
import type { NumberPath } from '../config/settings.ts';
import type { FaultReason } from '../fault-reasons.ts';
import { limitOf } from './fault-families.ts';
import { createLabelCounts, type LabelCounts } from './label-counts.ts';

/** The data of an exchange for the metrics. Each label value is of a small, closed set, so that callers cannot add series. */
export interface CountedExchange {
  /** The operation's name; undefined for a request that is forwarded, or refused before its operation is known. */
  readonly operation?: string;
  readonly isForwarded?: boolean;
  readonly version: string | undefined;
  readonly mediaIn?: string;
  readonly mediaOut?: string;
  readonly status: number;
  /** The duration in milliseconds. */
  readonly ms: number;
  readonly cloudMs?: number;
  readonly notes?: readonly { readonly member: string; readonly outcome: string }[];
  /** The reason of the fault that the caller got. */
  readonly fault?: FaultReason;
}

/** The metrics of a process, in the format of Prometheus. */
export interface Metrics {
  readonly count: (exchange: CountedExchange) => void;
  /** Count a connection that a limit refused before there was an exchange. @param limit the path of the setting */
  readonly countLimit: (limit: NumberPath | 'proxyProtocol') => void;
  readonly contentType: string;
  readonly text: () => Promise<string>;
  /** Read the values to send them to another process, which sums them. */
  readonly snapshot: () => Promise<MetricsSnapshot>;
}

/** The values of the metrics of one process, or the sums of several. */
export type MetricsSnapshot = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** The constant labels, and the sources of values, of the metrics. */
export interface MetricsOptions {
  readonly version: string;
  readonly profile: string;
  /** The described members. Notes on all others are counted as `other`. */
  readonly members: ReadonlySet<string>;
  readonly inFlight: () => number;
}

/** The upper bounds of the histograms' buckets, in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** Create the metrics of a process that serves callers. */
export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addGauges(registry, options);
  const counters = createCounters(registry);
  return {
    count: (exchange) => countExchange(exchange, counters, options.members),
    countLimit: (limit) => counters.limits(limit),
    contentType: registry.contentType,
    text: () => registry.metrics(),
    snapshot: () => registry.getMetricsAsJSON(),
  };
}

/** Create the counters and histograms. */
// oxlint-disable-next-line max-lines-per-function -- a list of all metrics, and no logic
function createCounters(registry: Registry) {
  const registers = [registry];
  return {
    exchanges: labelCounter({
      name: 'gateway_exchanges_total',
      help: 'Exchanges, by operation ("forwarded" if not translated, "none" if refused before it was understood), version in the path, media types, and class of the status.',
      labelNames: ['operation', 'version', 'media_in', 'media_out', 'status'],
      registers,
    }),
    durations: new Histogram({
      name: 'gateway_exchange_duration_seconds',
      help: 'Duration of exchanges, from the request to the end of the response.',
      labelNames: ['operation'],
      buckets,
      registers,
    }),
    cloud: new Histogram({
      name: 'gateway_cloud_duration_seconds',
      help: 'Time that exchanges spent waiting for the cloud.',
      labelNames: ['operation'],
      buckets,
      registers,
    }),
    notes: labelCounter({
      name: 'gateway_notes_total',
      help: 'Members of requests that were dropped, mapped, rewritten or replaced, or had no effect, because the cloud does not support them as they were.',
      labelNames: ['operation', 'member', 'outcome'],
      registers,
    }),
    limits: labelCounter({
      name: 'gateway_limits_hit_total',
      help: 'Requests and connections that a limit of the gateway refused or ended.',
      labelNames: ['limit'],
      registers,
    }),
    faults: labelCounter({
      name: 'gateway_faults_total',
      help: 'Faults that callers got, by reason; a reason that begins with "cloud" has its cause at the cloud.',
      labelNames: ['reason'],
      registers,
    }),
  };
}

/** Create a counter that receives its counts only when it is read. */
function labelCounter(configuration: CounterConfiguration<string>): LabelCounts['increment'] {
  const counts = createLabelCounts();
  const counter: Counter = new Counter({ ...configuration, collect: () => counts.flushTo(counter) });
  return counts.increment;
}

/** Add the gauges, whose values are computed when they are read. */
function addGauges(registry: Registry, { version, profile, inFlight }: MetricsOptions): void {
  registry.registerMetric(gaugeOf('gateway_in_flight', 'Exchanges in progress.', inFlight));
  const build = new Gauge({
    name: 'gateway_build_info',
    help: 'Version of the gateway and of node, and the profile, as labels; the value is always 1.',
    labelNames: ['version', 'node', 'profile'],
    registers: [registry],
    aggregator: 'first',
  });
  build.set({ version, node: process.version, profile }, 1);
}

function gaugeOf(name: string, help: string, read: () => number): Gauge {
  return new Gauge({
    name,
    help,
    registers: [],
    collect() {
      this.set(read());
    },
  });
}

function countExchange(
  exchange: CountedExchange,
  counters: ReturnType<typeof createCounters>,
  members: ReadonlySet<string>,
): void {
  const { operation = exchange.isForwarded === true ? 'forwarded' : 'none', status, ms, cloudMs, fault } = exchange;
  const { version = 'none', mediaIn = 'none', mediaOut = 'none' } = exchange;
  counters.exchanges(operation, version, mediaIn, mediaOut, `${Math.floor(status / 100)}xx`);
  counters.durations.observe({ operation }, ms / 1000);
  if (cloudMs !== undefined) counters.cloud.observe({ operation }, cloudMs / 1000);
  for (const { member, outcome } of exchange.notes ?? []) {
    const [name = ''] = member.split('.', 1);
    counters.notes(operation, members.has(name) ? name : 'other', outcome);
  }
  if (fault === undefined) return;
  counters.faults(fault);
  const limit = limitOf(fault);
  if (limit !== undefined) counters.limits(limit);
}

/** The metrics of a primary, which serves no callers itself. */
export interface PrimaryMetrics extends Pick<Metrics, 'contentType' | 'snapshot'> {
  /** Count a worker that stopped serving without an order to drain. */
  readonly countLostWorker: () => void;
}

/** Create the metrics of a primary. */
export function createPrimaryMetrics(servingWorkers: () => number): PrimaryMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const lost = new Counter({
    name: 'gateway_workers_lost_total',
    help: 'Workers that ended or had an unexpected error without an order to end; only with several workers.',
    registers: [registry],
  });
  registry.registerMetric(
    gaugeOf('gateway_workers', 'Workers that serve callers; only with several workers.', servingWorkers),
  );
  // The primary does not serve callers: the lag of its event loop would hide that of the workers.
  const snapshot = async (): Promise<MetricsSnapshot> =>
    (await registry.getMetricsAsJSON()).filter(({ name }) => !name.startsWith('nodejs_eventloop_'));
  return { contentType: registry.contentType, snapshot, countLostWorker: () => lost.inc() };
}

/** The aggregators of metrics whose own aggregator in prom-client (sum or average) would hide the worst process. */
const aggregators: readonly (readonly [names: RegExp, aggregator: Aggregator])[] = [
  [/^nodejs_eventloop_lag(?:_p\d+)?_seconds$/, 'max'],
  [/^process_start_time_seconds$/, 'min'],
];

/** Sum the metrics of several processes: counts and sizes are added; for the lag of the event loop the maximum is taken. */
export function sumSnapshots(snapshots: readonly MetricsSnapshot[]): Pick<Metrics, 'text' | 'snapshot'> {
  const registry = AggregatorRegistry.aggregate(
    snapshots.map((snapshot) =>
      snapshot.map((metric) => ({
        ...metric,
        aggregator: aggregators.find(([names]) => names.test(metric.name))?.[1] ?? metric.aggregator,
        // NaN becomes null in a message between processes, and null would count as a number.
        values: metric.values.filter(({ value }) => Number.isFinite(value)),
      })),
    ),
  );
  return { text: () => registry.metrics(), snapshot: () => registry.getMetricsAsJSON() };
}

/** Select the counters and histograms, whose sums must not decrease when a process ends. Its gauges are dropped. */
export function lastingPart(snapshot: MetricsSnapshot): MetricsSnapshot {
  // `type` is declared as a number, but its value is a string.
  return snapshot.filter(({ type }) => ['counter', 'histogram'].includes(String(type)));
}
