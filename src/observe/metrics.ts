import { STATUS_CODES } from 'node:http';
import type { NumberPath } from '../config/settings.ts';
import type { FaultReason } from '../fault-reasons.ts';
import { createAdminCounter, type AdminMetrics } from './admin-counter.ts';
import { addCloudGauges, type CloudGauges } from './cloud-gauges.ts';
import { describedCapacities, type Amount, type Capacity, type CapacityName } from './capacities.ts';
import { createFaultCounters } from './fault-counters.ts';
import { createFileGauges, type FileGauges } from './file-gauges.ts';
import { addLogCounter } from './log-counter.ts';
import { doesNeedBreak } from '../need-reasons.ts';
import { createLedgerMetrics, type LedgerMetrics } from './ledger-metrics.ts';
import { loginOutcome, loginSeries, type CountedForm } from './login-outcome.ts';
import {
  createRegistry,
  durationHistogram,
  Gauge,
  gaugeOf,
  labelCounter,
  regionGauge,
  type RegionValue,
  type MetricsSnapshot,
  type Registry,
} from './prometheus.ts';

/** The data of an exchange for the metrics. Each label value is of a small, closed set, so that callers cannot add series. */
export interface CountedExchange {
  /** The operation's name; undefined for a request that is forwarded, or refused before its operation is known. */
  readonly operation?: string;
  readonly isForwarded?: boolean;
  /** The region, of a gateway that has several. */
  readonly region?: string | undefined;
  readonly version: string | undefined;
  readonly mediaIn?: string;
  readonly mediaOut?: string;
  readonly status: number;
  /** The duration in milliseconds. */
  readonly ms: number;
  readonly cloudMs?: number;
  readonly notes?: readonly { readonly member: string; readonly outcome: string }[];
  /** The reasons for which the caller needed the gateway. */
  readonly needs?: readonly string[];
  /** The reason of the fault that the caller got. */
  readonly fault?: FaultReason;
  /** The form of a login. */
  readonly login?: CountedForm;
}

/** The metrics of a process, in the format of Prometheus. */
export interface Metrics extends CloudGauges, FileGauges, AdminMetrics, LedgerMetrics {
  readonly count: (exchange: CountedExchange) => void;
  /** Count a connection that a limit refused before there was an exchange. @param limit the path of the setting */
  readonly countLimit: (limit: NumberPath | 'proxyProtocol') => void;
  /** Show the use of each capacity, and its limit. */
  readonly watch: (given: Readonly<Record<CapacityName, Capacity>>) => void;
  /** Show the profile in use. */
  readonly setProfile: (profile: string) => void;
  readonly contentType: string;
  readonly text: () => Promise<string>;
  /** Read the values to send them to another process, which sums them. */
  readonly snapshot: () => Promise<MetricsSnapshot>;
}

/** The constant labels, and the sources of values, of the metrics. */
export interface MetricsOptions {
  readonly version: string;
  readonly profile: string;
  /** The described members. Notes on all others are counted as `other`. */
  readonly members: ReadonlySet<string>;
  /** The needs that are counted from the start, each as an operation and a reason. */
  readonly needs: readonly (readonly [operation: string, need: string])[];
  readonly inFlight: () => number;
}

/** The status that stands for a caller who closed the connection before the answer. */
const callerGoneStatus = 499;

/** The upper bounds of the histograms' buckets, in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** The statuses that HTTP defines, and 499. A cloud may answer any other, so that these are not counted apart. */
const statuses: ReadonlySet<number> = new Set([...Object.keys(STATUS_CODES).map(Number), callerGoneStatus]);

/** Create the metrics of a process that serves callers. */
export function createMetrics(options: MetricsOptions): Metrics {
  const registry = createRegistry();
  const setProfile = addGauges(registry, options);
  const counters = createCounters(registry, options.needs);
  addLogCounter(registry);
  return {
    count: (exchange) => countExchange(exchange, counters, options.members),
    countLimit: counters.faults.countLimit,
    watch: (given) => addCapacities(registry, given),
    setProfile,
    ...addCloudGauges(registry),
    ...createFileGauges(registry),
    ...createAdminCounter(registry),
    ...createLedgerMetrics(registry),
    contentType: registry.contentType,
    text: () => registry.metrics(),
    snapshot: () => registry.getMetricsAsJSON(),
  };
}

/** Create the counters and histograms. */
// oxlint-disable-next-line max-lines-per-function -- a list of all metrics, and no logic
function createCounters(registry: Registry, needs: MetricsOptions['needs']) {
  const registers = [registry];
  return {
    faults: createFaultCounters(registry),
    exchanges: labelCounter({
      name: 'gateway_exchanges_total',
      help: 'Exchanges, by operation ("forwarded" if not translated, "none" if refused before it was understood), version in the path, media types, status ("other" if HTTP defines none), and region (no label without regions).',
      labelNames: ['operation', 'version', 'media_in', 'media_out', 'status', 'region'],
      registers,
    }),
    durations: durationHistogram({
      name: 'gateway_exchange_duration_seconds',
      help: 'Duration of exchanges, from the request to the end of the response.',
      labelName: 'operation',
      buckets,
      registers,
    }),
    cloud: durationHistogram({
      name: 'gateway_cloud_duration_seconds',
      help: 'Time that exchanges spent waiting for the cloud.',
      labelName: 'operation',
      buckets,
      registers,
    }),
    notes: labelCounter({
      name: 'gateway_notes_total',
      help: 'Members of requests that were dropped, mapped, rewritten or replaced, or had no effect, because the cloud does not support them as they were.',
      labelNames: ['operation', 'member', 'outcome'],
      registers,
    }),
    needs: labelCounter(
      {
        name: 'gateway_needed_total',
        help: 'Exchanges that needed the gateway, by operation, reason, and whether the call would break without the gateway. An exchange counts once for each of its reasons.',
        labelNames: ['operation', 'reason', 'breaks'],
        registers,
      },
      needs.map(([operation, need]) => [operation, need, String(doesNeedBreak(need))]),
    ),
    logins: labelCounter(
      {
        name: 'gateway_logins_total',
        help: 'Logins, by form ("key" for an API key or access key, "headers" for X-Auth-Key, "unread" if it could not be read), media type of the response, and outcome: "refused" by the identity service, "limited" because too many have failed, "invalid" for a malformed request, "failed" without a usable answer.',
        labelNames: ['form', 'media_out', 'outcome'],
        registers,
      },
      loginSeries,
    ),
  };
}

/** Add the gauges whose values are computed when they are read, and that of the build. @returns the function that sets its profile */
function addGauges(registry: Registry, { version, profile, inFlight }: MetricsOptions): Metrics['setProfile'] {
  registry.registerMetric(gaugeOf('gateway_in_flight', 'Exchanges in progress.', inFlight));
  const build = new Gauge({
    name: 'gateway_build_info',
    help: 'Version of the gateway and of node, and the profile, as labels; the value is always 1.',
    labelNames: ['version', 'node', 'profile'],
    registers: [registry],
    aggregator: 'first',
  });
  const setProfile = (current: string): void => {
    build.reset();
    build.set({ version, node: process.version, profile: current }, 1);
  };
  setProfile(profile);
  return setProfile;
}

/** Add a gauge for the use of each capacity, and one for its limit. */
function addCapacities(registry: Registry, given: Readonly<Record<CapacityName, Capacity>>): void {
  for (const [name, { help, limitedBy }] of describedCapacities()) {
    const { used, limit = () => 0 } = given[name];
    registry.registerMetric(regionGauge(name, help, () => byRegion(used())));
    if (limitedBy === undefined) continue;
    const helpOfLimit = `Limit of ${name}: ${limitedBy}.`;
    registry.registerMetric(regionGauge(`${name}_limit`, helpOfLimit, () => byRegion(limit())));
  }
}

function byRegion(amount: Amount): readonly RegionValue[] {
  return typeof amount === 'number' ? [{ region: '', value: amount }] : amount;
}

function statusLabel(status: number): string {
  return statuses.has(status) ? String(status) : 'other';
}

function countExchange(
  exchange: CountedExchange,
  counters: ReturnType<typeof createCounters>,
  members: ReadonlySet<string>,
): void {
  const { operation = exchange.isForwarded === true ? 'forwarded' : 'none', status, ms, cloudMs, fault } = exchange;
  const { version = 'none', mediaIn = 'none', mediaOut = 'none', region = '' } = exchange;
  counters.exchanges(operation, version, mediaIn, mediaOut, statusLabel(status), region);
  if (exchange.login !== undefined) counters.logins(exchange.login, mediaOut, loginOutcome(status));
  counters.durations(operation, ms / 1000);
  if (cloudMs !== undefined) counters.cloud(operation, cloudMs / 1000);
  countReasons(operation, exchange, counters, members);
  if (fault !== undefined) counters.faults.count(fault);
}

function countReasons(
  operation: string,
  { notes = [], needs = [] }: CountedExchange,
  counters: ReturnType<typeof createCounters>,
  members: ReadonlySet<string>,
): void {
  for (const { member, outcome } of notes) {
    const [name = ''] = member.split('.', 1);
    counters.notes(operation, members.has(name) ? name : 'other', outcome);
  }
  for (const need of needs) counters.needs(operation, need, String(doesNeedBreak(need)));
}
