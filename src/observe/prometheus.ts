/** The parts of prom-client that the gateway uses; the only file that imports it. */

import * as prom from 'prom-client';
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
export const Histogram = prom.Histogram;

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
