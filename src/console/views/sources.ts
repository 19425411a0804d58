import type { SettingSource } from '../../config/named-settings.ts';
import { instanceOf } from '../../ledger/count/own-counts.ts';
import type { LiveHub } from '../../observe/live/live-hub.ts';
import type { MetricsSnapshot } from '../../observe/prometheus.ts';
import type { RetirementFileReader } from '../../retirement/read/file-reader.ts';

/** The data behind the console: what `/config` and `/metrics` show. Nothing is kept for it. */
export interface ConsoleSources {
  readonly settings: () => Readonly<Record<string, { readonly value: unknown; readonly source: SettingSource }>>;
  /** Read the metrics of all processes. */
  readonly snapshot: () => Promise<MetricsSnapshot>;
  readonly retirement: RetirementFileReader;
  readonly live: LiveHub;
}

/** Name this replica as the ledger does. */
export function replicaNameOf(settings: ConsoleSources['settings']): string {
  const instance = settings()['ledger.instance']?.value;
  return instanceOf({ instance: typeof instance === 'string' ? instance : '' });
}

/** A value of a metric with its labels. */
type MetricValue = MetricsSnapshot[number]['values'][number];

/** List the values of a metric; none for one that this gateway does not have. */
export function valuesOf(snapshot: MetricsSnapshot, name: string): readonly MetricValue[] {
  return snapshot.find((metric) => metric.name === name)?.values ?? [];
}

/** Read a metric without labels; undefined where there is none, or where its value is not known. */
export function measured(snapshot: MetricsSnapshot, name: string): number | undefined {
  return known(valuesOf(snapshot, name)[0]?.value);
}

/** Read a metric of a region; '' for the cloud whose region has no name. */
export function measuredIn(snapshot: MetricsSnapshot, name: string, region: string): number | undefined {
  return known(valuesOf(snapshot, name).find((value) => regionOf(value) === region)?.value);
}

/** Return the region of a value; '' if it has none. */
export function regionOf({ labels }: MetricValue): string {
  return String(labels['region'] ?? '');
}

/** Write seconds of Unix time in ISO 8601; null if they are not known. */
export function timeOf(seconds: number | undefined): string | null {
  return seconds === undefined ? null : new Date(seconds * 1000).toISOString();
}

function known(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
