import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../config/settings.ts';
import type { GatewayLedger } from '../../ledger/keep/gateway-ledger.ts';
import { isDay, printLedgerPage, readLedgerPage } from '../../ledger/page/ledger-page.ts';
import { LedgerStoreError } from '../../ledger/store-error.ts';
import type { LiveHub } from '../../observe/live/live-hub.ts';
import type { MetricsSnapshot } from '../../observe/prometheus.ts';
import type { RetirementFile } from '../../retirement/retirement-file.ts';
import type { ShownSettings } from './shown-settings.ts';

/** The check that callers are served. It ignores the health of the cloud: otherwise a failing cloud would take all gateways out of service. */
type Readiness = () => boolean;

/** The metrics as the admin port serves them. */
export interface MetricsPage {
  readonly contentType: string;
  readonly text: () => Promise<string>;
  /** Read the values of all processes. */
  readonly snapshot: () => Promise<MetricsSnapshot>;
}

/** The contents of the pages. */
export interface PageContents {
  readonly isReady: Readiness;
  readonly metrics: MetricsPage;
  readonly settings: () => ShownSettings;
  /** Return the retirement file in use; undefined for a process whose workers use it. */
  readonly retirementFile?: () => RetirementFile | undefined;
  /** Return the configuration in use. */
  readonly config: () => Config;
  readonly live: LiveHub;
  /** Undefined without a ledger. */
  readonly ledger?: Pick<GatewayLedger, 'store' | 'keeper'> | undefined;
}

/** An answer of the admin port. */
export interface AdminAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A function writes it, for as long as its reader stays. */
  readonly body: string | Uint8Array | ((response: ServerResponse) => void);
}

/** A page of the admin port. */
export interface AdminPage {
  /** True for what probes and scrapers read, which have neither a token nor a certificate. */
  readonly isOpen: boolean;
  readonly show: (contents: PageContents, query: URLSearchParams) => AdminAnswer | Promise<AdminAnswer>;
}

/** The pages by path. */
export const pages: ReadonlyMap<string, AdminPage> = new Map(
  Object.entries({
    '/livez': { isOpen: true, show: () => health(true) },
    '/readyz': { isOpen: true, show: ({ isReady }: PageContents) => health(isReady()) },
    '/healthcheck': { isOpen: true, show: ({ isReady }: PageContents) => health(isReady()) },
    '/metrics': { isOpen: true, show: showMetrics },
    '/config': { isOpen: false, show: showConfig },
    '/ledger': { isOpen: false, show: showLedger },
  }),
);

/** Answer with one line for people. */
export function plainAnswer(status: number, text: string, headers: Readonly<Record<string, string>> = {}): AdminAnswer {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body: `${text}\n` };
}

function health(isGood: boolean): AdminAnswer {
  return isGood ? plainAnswer(200, 'ok') : plainAnswer(503, 'not ready');
}

async function showMetrics({ metrics }: PageContents): Promise<AdminAnswer> {
  return { status: 200, headers: { 'Content-Type': metrics.contentType }, body: await metrics.text() };
}

function showConfig({ settings }: PageContents): AdminAnswer {
  const body = `${JSON.stringify({ settings: settings() }, undefined, 2)}\n`;
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body };
}

/** Longest wait for the counts of the current interval. Without them the page is at most an interval old. */
const freshMs = 1000;

/** Answer with a page of the ledger, from the day of the query on. */
async function showLedger({ ledger }: PageContents, query: URLSearchParams): Promise<AdminAnswer> {
  if (ledger === undefined) return plainAnswer(404, 'the ledger is switched off: set ledger.store');
  const from = query.get('from') ?? undefined;
  if (from !== undefined && !isDay(from))
    return plainAnswer(400, 'from must be a day, such as /ledger?from=2026-01-31');
  await Promise.race([ledger.keeper.store(), sleep(freshMs, undefined, { ref: false })]);
  try {
    const body = await printLedgerPage(await readLedgerPage(ledger.store, from));
    return { status: 200, headers: { 'Content-Type': 'application/json' }, body };
  } catch (error) {
    if (error instanceof LedgerStoreError) return plainAnswer(503, error.message);
    throw error;
  }
}
