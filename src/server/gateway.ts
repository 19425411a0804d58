import { shownRegions } from '../config/services/regional-configs.ts';
import { createAdmin } from './admin/admin.ts';
import { showSettings } from './admin/shown-settings.ts';
import { createCallers, type Callers } from './callers.ts';
import { removeStaleSocket } from './ports/places.ts';
import { ExchangeFeed } from '../observe/live/exchange-feed.ts';
import { LiveHub } from '../observe/live/live-hub.ts';
import type { Tracing } from '../observe/tracing/tracing.ts';
import type { GatewayLedger } from '../ledger/keep/gateway-ledger.ts';
import type { Log } from '../observe/log.ts';
import { readAdminFiles, type AllResources } from './resources/resources.ts';
import type { Config } from '../config/settings.ts';

/** A gateway that serves in this process. */
export interface Gateway {
  readonly url: string;
  readonly adminUrl: string;
  readonly metrics: Pick<Callers['metrics'], 'setReload'>;
  /** Use another configuration, as {@link Callers} does, on both ports. */
  readonly reload: (config: Config, resources: AllResources) => void;
  /** Become not ready, finish the running exchanges within the shutdown timeout, store the ledger, and close both ports. */
  drain(): Promise<void>;
}

/** The parts of a process that a gateway uses, if they are there. */
export interface GatewayParts {
  readonly tracing?: Tracing | undefined;
  readonly ledger?: GatewayLedger | undefined;
}

/**
 * Start both ports in this process; the gateway is ready when the promise resolves.
 * @throws {TlsFileError | TokenFileError} for a file that cannot be used; the error of a port that cannot be used
 */
export async function startGateway(
  config: Config,
  log: Log,
  version = '',
  { tracing, ledger }: GatewayParts = {},
): Promise<Gateway> {
  const { feed, live } = createLive(config);
  const callers = createCallers(config, log, version, { tracing, counts: ledger?.own, feed });
  const { metrics } = callers;
  if (ledger !== undefined) metrics.watchKeeper(ledger.keeper);
  let inUse = config;
  const inUseNow = { config: () => inUse, settings: () => showSettings(inUse) };
  const parts = { ...callers, ...inUseNow, ledger, live, log };
  const admin = createAdmin(config, readAdminFiles(config, process.env), parts);
  const adminUrl = await admin.listen();
  const listening = removeStaleSocket(config).then(() => callers.listen());
  const url = await listening.catch(async (error: unknown) => {
    await admin.close();
    throw error;
  });
  log.info('ready', { url, adminUrl, profile: config.upstream.profile, ...shownRegions(config) });
  const reload: Gateway['reload'] = (next, resources) => {
    inUse = next;
    callers.reload(next, resources);
    admin.use(next.admin, resources.admin);
    live.use(next.console);
    ledger?.use(next.ledger);
  };
  const drain = async (): Promise<void> => {
    const startedAt = performance.now();
    live.close();
    const isInTime = await callers.drain();
    await ledger?.close(inUse.shutdown.timeoutMs - (performance.now() - startedAt));
    await admin.close();
    log.info('stopped', { isInTime });
  };
  return { url, adminUrl, metrics, reload, drain };
}

/** Create the feed of this process, and the hub to which it leads. */
function createLive(config: Config): { readonly feed: ExchangeFeed; readonly live: LiveHub } {
  const feed: ExchangeFeed = new ExchangeFeed(null, (fed) => live.receive(fed));
  const live = new LiveHub(config.console, (isWatched) => (feed.isWatched = isWatched));
  return { feed, live };
}
