import { regionGauge, type MetricsSnapshot, type RegionValue, type Registry } from './prometheus.ts';

/** The places where the state of one cloud is shown. */
export interface ShownCloud {
  /** Show that the cloud has answered an exchange, with any status, or that it could not be reached or did not answer. */
  readonly setUp: (isUp: boolean) => void;
  /** Show the judgement of the profile by the cloud's versions. */
  readonly setProfileFits: (fits: boolean) => void;
}

/** The gauges of the clouds. */
export interface CloudGauges {
  /**
   * Show the clouds of a configuration, of which nothing is known yet, by the names of their regions; '' for a cloud whose region
   * has no name. Exchanges that end with the former configuration no longer change the gauges.
   */
  readonly showClouds: (regions: readonly string[]) => ReadonlyMap<string, ShownCloud>;
}

const up = 'gateway_upstream_up';
const exchangedAt = 'gateway_upstream_last_exchange_timestamp_seconds';

/**
 * Add the gauges of the clouds. Each is NaN until its value is known: the series exists from the start, as Prometheus advises,
 * and neither 0 nor 1 is claimed without an exchange. A comparison with NaN is false, so that no alert fires.
 */
export function addCloudGauges(registry: Registry): CloudGauges {
  let shown: ReadonlyMap<string, CloudState> = new Map([['', unknown()]]);
  const values = (read: (cloud: CloudState) => number) => (): readonly RegionValue[] =>
    [...shown].map(([region, cloud]) => ({ region, value: read(cloud) }));
  for (const gauge of [
    regionGauge(
      up,
      '1 if the cloud answered the last request of an exchange, with any status, 0 if it could not be reached or did not answer; NaN before the first one.',
      values((cloud) => cloud.up),
    ),
    regionGauge(
      exchangedAt,
      `Unix time at which ${up} was last seen in an exchange; NaN before the first one.`,
      values((cloud) => cloud.exchangedAtMs / 1000),
    ),
    regionGauge(
      'gateway_upstream_profile_fits',
      "1 if the profile fits the cloud's versions, else 0; NaN until they are known, and if upstream.legacyPath is not auto.",
      values((cloud) => cloud.profileFits),
      // Each worker asks the same cloud; one that found another kind of it must not be hidden.
      { aggregator: 'min' },
    ),
  ])
    registry.registerMetric(gauge);
  return {
    showClouds: (regions) => {
      const clouds = new Map(regions.map((region) => [region, unknown()]));
      shown = clouds;
      return new Map([...clouds].map(([region, cloud]) => [region, shownCloud(cloud)]));
    },
  };
}

interface CloudState {
  up: number;
  exchangedAtMs: number;
  profileFits: number;
}

function shownCloud(cloud: CloudState): ShownCloud {
  return {
    setUp: (isUp) => {
      cloud.up = Number(isUp);
      cloud.exchangedAtMs = Date.now();
    },
    setProfileFits: (fits) => {
      cloud.profileFits = Number(fits);
    },
  };
}

function unknown(): CloudState {
  return { up: Number.NaN, exchangedAtMs: Number.NaN, profileFits: Number.NaN };
}

/**
 * Remove `gateway_upstream_up` and its time of each region from all snapshots but that with its latest exchange. The worker that
 * served last knows most: with the minimum a worker without traffic would show a failure of yesterday, with the maximum it
 * would hide one of today.
 */
export function withLatestUpstream(snapshots: readonly MetricsSnapshot[]): readonly MetricsSnapshot[] {
  const latest = new Map<unknown, { readonly at: number; readonly time: number }>();
  snapshots.forEach((snapshot, at) => {
    for (const { labels, value } of snapshot.find(({ name }) => name === exchangedAt)?.values ?? []) {
      // A worker without an exchange has NaN.
      const time = Number.isFinite(value) ? value : 0;
      if (time > (latest.get(labels['region'])?.time ?? -1)) latest.set(labels['region'], { at, time });
    }
  });
  return snapshots.map((snapshot, at) =>
    snapshot.flatMap((metric) => {
      if (metric.name !== up && metric.name !== exchangedAt) return [metric];
      const values = metric.values.filter(({ labels }) => latest.get(labels['region'])?.at === at);
      return values.length === 0 ? [] : [{ ...metric, values }];
    }),
  );
}
