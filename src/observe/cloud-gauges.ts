import { gaugeOf, type MetricsSnapshot, type Registry } from './prometheus.ts';

/** The places where the state of one cloud is shown. */
export interface ShownCloud {
  /** Show that the cloud has answered an exchange, with any status, or that it could not be reached or did not answer. */
  readonly setUp: (isUp: boolean) => void;
  /** Show the judgement of the profile by the cloud's versions. */
  readonly setProfileFits: (fits: boolean) => void;
}

/** The gauges of the cloud. */
export interface CloudGauges {
  /**
   * Show the cloud of a configuration, of which nothing is known yet. Exchanges that end with the former configuration no
   * longer change the gauges.
   */
  readonly showCloud: () => ShownCloud;
}

const up = 'gateway_upstream_up';
const exchangedAt = 'gateway_upstream_last_exchange_timestamp_seconds';

/**
 * Add the gauges of the cloud. Each is NaN until its value is known: the series exists from the start, as Prometheus advises,
 * and neither 0 nor 1 is claimed without an exchange. A comparison with NaN is false, so that no alert fires.
 */
export function addCloudGauges(registry: Registry): CloudGauges {
  let shown = unknown();
  for (const gauge of [
    gaugeOf(
      up,
      '1 if the cloud answered the last request of an exchange, with any status, 0 if it could not be reached or did not answer; NaN before the first one.',
      () => shown.up,
    ),
    gaugeOf(
      exchangedAt,
      `Unix time at which ${up} was last seen in an exchange; NaN before the first one.`,
      () => shown.exchangedAtMs / 1000,
    ),
    gaugeOf(
      'gateway_upstream_profile_fits',
      "1 if the profile fits the cloud's versions, else 0; NaN until they are known, and if upstream.legacyPath is not auto.",
      () => shown.profileFits,
      // Each worker asks the same cloud; one that found another kind of it must not be hidden.
      { aggregator: 'min' },
    ),
  ])
    registry.registerMetric(gauge);
  return {
    showCloud: () => {
      const own = unknown();
      shown = own;
      return {
        setUp: (isUp) => {
          own.up = Number(isUp);
          own.exchangedAtMs = Date.now();
        },
        setProfileFits: (fits) => {
          own.profileFits = Number(fits);
        },
      };
    },
  };
}

function unknown(): { up: number; exchangedAtMs: number; profileFits: number } {
  return { up: Number.NaN, exchangedAtMs: Number.NaN, profileFits: Number.NaN };
}

/**
 * Remove `gateway_upstream_up` and its time from all snapshots but that with the latest exchange. The worker that served last
 * knows most: with the minimum a worker without traffic would show a failure of yesterday, with the maximum it would hide one
 * of today.
 */
export function withLatestUpstream(snapshots: readonly MetricsSnapshot[]): readonly MetricsSnapshot[] {
  const times = snapshots.map(timeOf);
  const latest = times.indexOf(Math.max(...times));
  return snapshots.map((snapshot, at) =>
    at === latest ? snapshot : snapshot.filter(({ name }) => name !== up && name !== exchangedAt),
  );
}

/** Read the time of the last exchange: 0 before the first one, -1 for a process that serves no callers. */
function timeOf(snapshot: MetricsSnapshot): number {
  const metric = snapshot.find(({ name }) => name === exchangedAt);
  if (metric === undefined) return -1;
  const time = metric.values[0]?.value;
  return Number.isFinite(time) ? Number(time) : 0;
}
