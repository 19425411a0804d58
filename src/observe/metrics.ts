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
import { limitOf, type FaultReason } from '../fault-reasons.ts';
import { createTally, type Tally } from './label-counts.ts';

/** What is counted of an exchange; every value is of a small, closed set, and none is an id or anything of a caller's. */
export interface Counted {
  /** The operation's name; undefined for what is forwarded, or refused before it is understood. */
  readonly operation?: string;
  readonly isForwarded?: boolean;
  readonly version: string | undefined;
  readonly mediaIn?: string;
  readonly mediaOut?: string;
  readonly status: number;
  /** Milliseconds. */
  readonly ms: number;
  readonly cloudMs?: number;
  readonly notes?: readonly { readonly member: string; readonly outcome: string }[];
  /** The reason of a fault of the gateway's own. */
  readonly fault?: FaultReason;
}

/** The metrics of the process, in the format of Prometheus. */
export interface Metrics {
  readonly count: (exchange: Counted) => void;
  /** Counts what a limit refused before there was an exchange. */
  readonly hit: (limit: NumberPath) => void;
  readonly contentType: string;
  readonly text: () => Promise<string>;
  /** The same, to be sent to another process and summed there. */
  readonly figures: () => Promise<Figures>;
}

/** What one process, or several together, counted. */
export type Figures = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** What the metrics are told once. */
export interface Facts {
  readonly version: string;
  readonly profile: string;
  /** The members that a description names; notes of all others are counted as `other`. */
  readonly members: ReadonlySet<string>;
  readonly inFlight: () => number;
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** What is counted, by name; the operation is `forwarded` where nothing is translated, `none` where it was not found out. */
function countersOf(register: Registry) {
  const registers = [register];
  const buckets = seconds;
  return {
    exchanges: tallied({
      name: 'gateway_exchanges_total',
      help: 'Exchanges by operation (forwarded: not translated; none: refused before it was understood), version of the path, media types and class of status.',
      labelNames: ['operation', 'version', 'media_in', 'media_out', 'status'],
      registers,
    }),
    durations: new Histogram({
      name: 'gateway_exchange_duration_seconds',
      help: 'How long exchanges took, from the request to the end of the answer.',
      labelNames: ['operation'],
      buckets,
      registers,
    }),
    cloud: new Histogram({
      name: 'gateway_cloud_duration_seconds',
      help: 'How long the cloud was waited for.',
      labelNames: ['operation'],
      buckets,
      registers,
    }),
    notes: tallied({
      name: 'gateway_notes_total',
      help: 'What was done to members on the way: who still sends what the cloud no longer takes.',
      labelNames: ['operation', 'member', 'outcome'],
      registers,
    }),
    limits: tallied({
      name: 'gateway_limits_hit_total',
      help: 'Requests that a limit of the gateway refused or ended.',
      labelNames: ['limit'],
      registers,
    }),
    faults: tallied({
      name: 'gateway_faults_total',
      help: "Faults by their reason; those of the cloud's making begin with cloud.",
      labelNames: ['reason'],
      registers,
    }),
  };
}

/** Counts one more of the values of a counter's labels; the counter is told when it is read. */
function tallied(configuration: CounterConfiguration<string>): Tally['add'] {
  const tally = createTally();
  const counter: Counter = new Counter({ ...configuration, collect: () => tally.tell(counter) });
  return tally.add;
}

/** What is told, and not counted. */
function addGauges(register: Registry, { version, profile, inFlight }: Facts): void {
  register.registerMetric(
    new Gauge({
      name: 'gateway_in_flight',
      help: 'Exchanges that are under way.',
      registers: [],
      collect() {
        this.set(inFlight());
      },
    }),
  );
  const build = new Gauge({
    name: 'gateway_build_info',
    help: 'The version that runs; always 1.',
    labelNames: ['version', 'node', 'profile'],
    registers: [register],
    aggregator: 'first',
  });
  build.set({ version, node: process.version, profile }, 1);
}

/** The registry and what it counts. */
export function createMetrics(facts: Facts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addGauges(registry, facts);
  const counters = countersOf(registry);
  return {
    count: (exchange) => count(exchange, counters, facts.members),
    hit: (limit) => counters.limits(limit),
    contentType: registry.contentType,
    text: () => registry.metrics(),
    figures: () => registry.getMetricsAsJSON(),
  };
}

function count(exchange: Counted, counters: ReturnType<typeof countersOf>, members: ReadonlySet<string>): void {
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
export interface PrimaryMetrics extends Pick<Metrics, 'contentType' | 'figures'> {
  /** Counts a worker that left without being told to. */
  readonly lose: () => void;
}

/** Makes them; `serving` tells how many workers serve. */
export function createPrimaryMetrics(serving: () => number): PrimaryMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const lost = new Counter({
    name: 'gateway_workers_lost_total',
    help: 'Workers that ended, or had an error that nobody expected, without being told to end; only with several workers.',
    registers: [registry],
  });
  registry.registerMetric(
    new Gauge({
      name: 'gateway_workers',
      help: 'Workers that serve; only with several workers.',
      registers: [],
      collect() {
        this.set(serving());
      },
    }),
  );
  // Its event loop serves nobody, and would hide the delay of those that do.
  const figures = async (): Promise<Figures> =>
    (await registry.getMetricsAsJSON()).filter(({ name }) => !name.startsWith('nodejs_eventloop_'));
  return { contentType: registry.contentType, figures, lose: () => lost.inc() };
}

/** What becomes of figures of several processes where prom-client's own choice would tell less; the worst delay counts. */
const ways: readonly (readonly [RegExp, Aggregator])[] = [
  [/^nodejs_eventloop_lag(?:_p\d+)?_seconds$/, 'max'],
  [/^process_start_time_seconds$/, 'min'],
];

/** The figures of several processes as those of one: counts and sizes are sums, the event loop's delay is the worst. */
export function sumOf(all: readonly Figures[]): Pick<Metrics, 'text' | 'figures'> {
  const registry = AggregatorRegistry.aggregate(
    all.map((figures) =>
      figures.map((metric) => ({
        ...metric,
        aggregator: ways.find(([names]) => names.test(metric.name))?.[1] ?? metric.aggregator,
        // What is not a number came as null from another process.
        values: metric.values.filter(({ value }) => Number.isFinite(value)),
      })),
    ),
  );
  return { text: () => registry.metrics(), figures: () => registry.getMetricsAsJSON() };
}

/** What stays when its process has ended: what has been counted, so that no sum ever falls. */
export function lastingOf(figures: Figures): Figures {
  // Its declared type is a number, but it is a word.
  return figures.filter(({ type }) => ['counter', 'histogram'].includes(String(type)));
}
