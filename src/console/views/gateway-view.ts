import type { MetricsSnapshot } from '../../observe/prometheus.ts';
import { measuredIn, measured, regionOf, replicaNameOf, timeOf, valuesOf, type ConsoleSources } from './sources.ts';
import type { CertificateView, CloudView, GatewayView, LedgerView } from './view-types.ts';

const up = 'gateway_upstream_up';
const msADay = 86_400_000;

/** Describe the gateway: its version, its cloud and its processes. */
export async function viewGateway({ settings, snapshot: read }: ConsoleSources): Promise<GatewayView> {
  const snapshot = await read();
  const build = valuesOf(snapshot, 'gateway_build_info')[0]?.labels ?? {};
  const workers = settings()['workers']?.value;
  return {
    instance: replicaNameOf(settings),
    version: textOf(build['version']),
    node: process.version,
    profile: textOf(build['profile']),
    at: new Date().toISOString(),
    startedAt: timeOf(measured(snapshot, 'process_start_time_seconds')),
    inFlight: measured(snapshot, 'gateway_in_flight') ?? 0,
    workers: {
      serving: measured(snapshot, 'gateway_workers') ?? null,
      configured: typeof workers === 'number' ? workers : 1,
      lost: measured(snapshot, 'gateway_workers_lost_total') ?? 0,
    },
    reload: {
      isGood: measured(snapshot, 'gateway_last_reload_successful') !== 0,
      at: timeOf(measured(snapshot, 'gateway_last_reload_timestamp_seconds')),
    },
    ledger: ledgerOf(snapshot, settings()['ledger.store']?.value),
    clouds: valuesOf(snapshot, up).map((value) => cloudIn(snapshot, regionOf(value))),
  };
}

/** List the certificates in use, the first to expire first. */
export async function viewCertificates({ snapshot }: ConsoleSources): Promise<readonly CertificateView[]> {
  const now = Date.now();
  return valuesOf(await snapshot(), 'gateway_certificate_expiry_timestamp_seconds')
    .map(({ labels, value }) => ({
      certificate: String(labels['certificate']),
      expiresAt: new Date(value * 1000).toISOString(),
      daysLeft: Math.floor((value * 1000 - now) / msADay),
    }))
    .toSorted((one, other) => one.expiresAt.localeCompare(other.expiresAt));
}

/** Describe the ledger. @param store the setting as it is shown, without a password */
function ledgerOf(snapshot: MetricsSnapshot, store: unknown): LedgerView | null {
  const keys = measured(snapshot, 'gateway_ledger_keys');
  if (keys === undefined || typeof store !== 'string') return null;
  const count = (name: string): number => measured(snapshot, `gateway_ledger_${name}`) ?? 0;
  return {
    store: store.replace(/:.*$/s, ''),
    keys,
    storedAt: timeOf(measured(snapshot, 'gateway_ledger_last_stored_timestamp_seconds')),
    waiting: count('waiting'),
    failures: count('failures_total'),
    lost: count('lost_total'),
  };
}

function cloudIn(snapshot: MetricsSnapshot, region: string): CloudView {
  return {
    region,
    isUp: booleanOf(measuredIn(snapshot, up, region)),
    exchangedAt: timeOf(measuredIn(snapshot, 'gateway_upstream_last_exchange_timestamp_seconds', region)),
    profileFits: booleanOf(measuredIn(snapshot, 'gateway_upstream_profile_fits', region)),
  };
}

function booleanOf(value: number | undefined): boolean | null {
  return value === undefined ? null : value === 1;
}

function textOf(label: string | number | undefined): string | null {
  return label === undefined || label === '' ? null : String(label);
}
