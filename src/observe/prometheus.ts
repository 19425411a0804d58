/** The parts of prom-client that the gateway uses; the only file that imports it. */

import * as prom from 'prom-client';
import { createDurationCounts, type CountedDurations, type DurationCounts } from './counting/duration-counts.ts';
import { createLabelCounts, type LabelCounts } from './counting/label-counts.ts';

/** The metrics of a process. */
export type Registry = prom.Registry;
export const Registry = prom.Registry;
/** The registry that sums the metrics of several processes. */
export const AggregatorRegistry = prom.AggregatorRegistry;
/** The way in which a metric of several processes becomes one. */
export type Aggregator = prom.Aggregator;
export type Counter = prom.Counter;
export const Counter = prom.Counter;
export type Gauge = prom.Gauge;
export const Gauge = prom.Gauge;

/** The values of the metrics of one process, or the sums of several. */
export type MetricsSnapshot = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** Gauges of prom-client that repeat others under the name of a counter, of which promtool complains. */
const misnamed = ['nodejs_active_resources_total', 'nodejs_active_handles_total', 'nodejs_active_requests_total'];

/** Create a registry with the metrics of node itself. */
export function createRegistry(): Registry {
  const registry = new Registry();
  prom.collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  return registry;
}

/**
 * Create a counter that receives its counts only when it is read.
 * A label whose value is empty is left out, which means the same to Prometheus.
 * @param initial the label values of the series that exist from the start: without them the first count of a series would be
 *   no increase
 */
export function labelCounter(
  configuration: prom.CounterConfiguration<string>,
  initial: readonly (readonly string[])[] = [],
): LabelCounts['increment'] {
  const counts = createLabelCounts();
  const { labelNames: names = [] } = configuration;
  const filled = (values: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']).filter(([, value]) => value !== ''));
  const counter: Counter = new Counter({
    ...configuration,
    collect: () => counts.flushTo({ labels: (...values) => ({ inc: (by) => counter.inc(filled(values), by) }) }),
  });
  for (const values of initial) counter.inc(filled(values), 0);
  return counts.increment;
}

/** A histogram of durations in seconds, by the value of one label. */
interface DurationConfiguration {
  readonly name: string;
  readonly help: string;
  readonly labelName: string;
  /** The upper bounds of the buckets, in ascending order. */
  readonly buckets: readonly number[];
  readonly registers: readonly Registry[];
}

/** A histogram whose durations are counted outside of prom-client, and read in its form. */
class DurationHistogram extends prom.Histogram {
  readonly #configuration: DurationConfiguration;
  readonly #counts: DurationCounts;

  constructor(configuration: DurationConfiguration, counts: DurationCounts) {
    const { name, help, labelName, buckets } = configuration;
    super({ name, help, labelNames: [labelName], buckets: [...buckets], registers: [] });
    this.#configuration = configuration;
    this.#counts = counts;
  }

  /** Called by prom-client to print the metric, and to make what is summed with other processes. Its types lack it. */
  getForPromString(): object {
    const { name, help } = this.#configuration;
    const values = [...this.#counts.entries()].flatMap(([value, counted]) => this.#valuesOf(value, counted));
    return { name, help, type: 'histogram', values, aggregator: 'sum' };
  }

  #valuesOf(label: string, { buckets, sum, count }: CountedDurations): readonly object[] {
    const { name, labelName, buckets: bounds } = this.#configuration;
    const sharedLabels = { [labelName]: label };
    let upTo = 0;
    const below = bounds.map((bound, at) => {
      upTo += buckets[at] ?? 0;
      return { labels: { le: bound }, sharedLabels, value: upTo, metricName: `${name}_bucket` };
    });
    return [
      ...below,
      { labels: { le: '+Inf' }, sharedLabels, value: count, metricName: `${name}_bucket` },
      { labels: {}, sharedLabels, value: sum, metricName: `${name}_sum` },
      { labels: {}, sharedLabels, value: count, metricName: `${name}_count` },
    ];
  }
}

/** Create a histogram of durations in seconds. @returns the function that adds one, with the value of the label */
export function durationHistogram(configuration: DurationConfiguration): DurationCounts['add'] {
  const counts = createDurationCounts(configuration.buckets);
  const histogram = new DurationHistogram(configuration, counts);
  for (const registry of configuration.registers) registry.registerMetric(histogram);
  return counts.add;
}

/** Create a gauge whose value is computed when it is read. */
export function gaugeOf(
  name: string,
  help: string,
  read: () => number,
  more: Partial<prom.GaugeConfiguration<string>> = {},
): Gauge {
  return new Gauge({
    ...more,
    name,
    help,
    registers: [],
    collect() {
      this.set(read());
    },
  });
}

/** The value of a gauge for one region; '' for a cloud whose region has no name. */
export interface RegionValue {
  readonly region: string;
  readonly value: number;
}

/** Create a gauge with a value for each region, computed when it is read. A region without a name has no label. */
export function regionGauge(
  name: string,
  help: string,
  read: () => readonly RegionValue[],
  more: Partial<prom.GaugeConfiguration<string>> = {},
): Gauge {
  return new Gauge({
    ...more,
    name,
    help,
    labelNames: ['region'],
    registers: [],
    collect() {
      this.reset();
      for (const { region, value } of read()) this.set(region === '' ? {} : { region }, value);
    },
  });
}
