import type { Server, ServerResponse } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from './app/app.ts';
import { metricSeries } from './app/metric-series.ts';
import { Apps } from './app/apps.ts';
import { capacitiesOf } from './app/capacities-of.ts';
import { appOf, exchangeOf } from './app/express-classes.ts';
import { createExpressFront } from './app/express-front.ts';
import { createCallerPorts, type CallerPorts } from './caller-ports.ts';
import { watchServices, type ServiceFiles } from './service-files.ts';
import type { RetirementFile } from '../retirement/retirement-file.ts';
import { RetirementWatch } from './retirement/retirement-watch.ts';
import { trackSockets } from './ports/sockets.ts';
import type { OwnCounts } from '../ledger/count/own-counts.ts';
import type { ExchangeFeed } from '../observe/live/exchange-feed.ts';
import type { Log } from '../observe/log.ts';
import { createMetrics, type Metrics } from '../observe/metrics.ts';
import type { Tracing } from '../observe/tracing/tracing.ts';
import { LinkedSet } from '../http/exchange/linked-set.ts';
import { fixedLimits } from '../config/fixed-limits.ts';
import type { Config } from '../config/settings.ts';
import { readResources, type Resources } from './resources/resources.ts';
import { isOutdated } from '../config/tls-files.ts';

/** The port for callers with its request handler: the part of the gateway that each worker runs. */
export interface Callers {
  readonly metrics: Metrics;
  /** Return the retirement file in use; undefined without one. */
  readonly retirementFile: () => RetirementFile | undefined;
  /** True while the port listens and does not drain. */
  readonly isReady: () => boolean;
  /** Listen; resolves with the URL. @throws the error of a port that cannot be used, after closing all connections */
  listen(): Promise<string>;
  /**
   * Use another configuration. Exchanges in progress end with the former one. Settings that are fixed while the port listens must
   * have their former values.
   */
  readonly reload: (config: Config, resources: Resources) => void;
  /**
   * Become not ready, and finish the running exchanges. After a notice period, new connections are not accepted. Resolves with
   * false if the shutdown timeout ended some exchanges.
   */
  drain(): Promise<boolean>;
}

/** The parts of a process that the port for callers uses, if they are there. */
export interface CallerParts {
  readonly tracing?: Tracing | undefined;
  /** The counts of the ledger. */
  readonly counts?: OwnCounts | undefined;
  /** The feed of exchanges to those who watch them. */
  readonly feed?: ExchangeFeed | undefined;
}

/** Create the port for callers, which does not listen yet. @throws {TlsFileError} for a file that cannot be used */
export function createCallers(config: Config, log: Log, version: string, parts: CallerParts = {}): Callers {
  const { tracing, counts, feed } = parts;
  const running = new LinkedSet<ServerResponse>();
  const resources = readResources(config, process.env);
  const { profile } = config.upstream;
  const metrics = createMetrics({ version, profile, ...metricSeries, inFlight: () => running.size });
  if (counts !== undefined) metrics.watchCounts(counts.readings);
  warnOfWeakTls(config, log);
  const computePort = (): number => ports.computePort() ?? config.port;
  const retirement = new RetirementWatch({ log, metrics });
  retirement.use(config, resources.retirement);
  const lasting = { computePort, metrics, retirement: retirement.current, tracing, countNeeds: counts?.count, feed };
  const apps = new Apps(config, resources, (next, read, limits) =>
    createApp(next, log, { ...lasting, resources: read, limits }),
  );
  const ports = createCallerPorts(config, resources.callerTls, createExpressFront(apps), { log, metrics });
  const files = watchServices(config, resources, apps, { log, metrics });
  const { servers } = ports;
  const sockets = trackSockets(servers);
  metrics.watch(capacitiesOf(apps, () => sockets.size));
  let isReady = false;
  for (const server of servers) trackResponses(server, running, apps, () => isReady);
  const start = (): Promise<string> => listenOrClose(ports, apps, () => (isReady = true));
  const drain = async (): Promise<boolean> => {
    isReady = false;
    log.info('draining', { running: running.size });
    for (const watched of [ports, files, retirement]) watched.stopWatching();
    closeAfterLast(running.values());
    const isInTime = await finishWithin(apps.config.shutdown, ports, { sockets, running });
    await apps.close();
    retirement.close();
    await tracing?.close();
    return isInTime;
  };
  const use = createUse({ ports, files, retirement, apps, metrics, log, tracing });
  // A drain has stopped the watch of the files, and needs no other configuration.
  const reload: Callers['reload'] = (...given) => (isReady ? use(...given) : undefined);
  const retirementFile = (): RetirementFile | undefined => retirement.current()?.retirement.file;
  return { metrics, retirementFile, isReady: () => isReady, listen: start, reload, drain };
}

/** Listen; close all connections to clouds if the port cannot be used. @throws the error of that port */
async function listenOrClose(ports: CallerPorts, apps: Apps, onListening: () => void): Promise<string> {
  try {
    const url = await ports.listen();
    onListening();
    return url;
  } catch (error) {
    await apps.close();
    throw error;
  }
}

/** The parts that a configuration changes. */
interface Configured {
  readonly ports: CallerPorts;
  readonly files: ServiceFiles;
  readonly retirement: RetirementWatch;
  readonly apps: Apps;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly tracing: Tracing | undefined;
}

/** Create the function that uses another configuration. */
function createUse({ ports, files, retirement, apps, metrics, log, tracing }: Configured): Callers['reload'] {
  return (config, resources) => {
    const { profile, url: cloudUrl } = config.upstream;
    ports.use(config, resources.callerTls);
    retirement.use(config, resources.retirement);
    if (apps.use(config, resources)) {
      warnOfWeakTls(config, log);
      tracing?.describe({ profile, cloudUrl });
      metrics.setProfile(profile);
    }
    files.use(config, resources);
  };
}

function warnOfWeakTls({ tls: ownTls, upstream: { tls }, identity, regions }: Config, log: Log): void {
  if (tls.verify === 'off')
    log.warn("the cloud's certificate is not verified: any server can pose as the cloud", {
      setting: 'upstream.tls.verify',
    });
  for (const [region, { tls: regionTls }] of Object.entries(regions))
    if (regionTls.verify === 'off')
      log.warn("the cloud's certificate is not verified: any server can pose as the cloud", {
        setting: `regions.${region}.tls.verify`,
      });
  if (identity.url !== '' && identity.tls.verify === 'off')
    log.warn("the identity service's certificate is not verified: any server can collect passwords", {
      setting: 'identity.tls.verify',
    });
  if (isOutdated(ownTls.minVersion) && ownTls.certFile !== '')
    log.warn('TLS versions are allowed that no longer protect what callers send', { setting: 'tls.minVersion' });
}

function trackResponses(
  server: Server | TlsServer,
  running: LinkedSet<ServerResponse>,
  apps: Apps,
  isReady: () => boolean,
): void {
  server.prependListener('request', (request, response: ServerResponse) => {
    const { socket } = request;
    // Node emits 'error' on the request when the client disconnects. Without this listener, an error after all other
    // listeners have been removed would end the process. The exchange itself ends at the 'close' of its response.
    request.on('error', ignore);
    const remove = running.add(response);
    const end = apps.begin(appOf(response));
    exchangeOf(response).onClose(() => {
      remove();
      end();
    });
    response.setMaxListeners(fixedLimits.responseListeners);
    if (!isReady()) closeAfterLast(running.values().filter(({ req }) => req.socket === socket));
  });
}

/**
 * Wait until all connections have ended; resolves with false if the timeout closed some. During the notice period, new
 * connections are still accepted, because a load balancer may not have noticed yet that the gateway is not ready; they close
 * after their response.
 */
async function finishWithin(
  { noticeMs, timeoutMs }: Config['shutdown'],
  ports: Pick<CallerPorts, 'close'>,
  { sockets, running }: { readonly sockets: LinkedSet<Socket>; readonly running: LinkedSet<ServerResponse> },
): Promise<boolean> {
  let isInTime = true;
  const timer = setTimeout(() => {
    isInTime = false;
    for (const socket of sockets.values()) socket.destroy();
  }, timeoutMs);
  await sleep(Math.min(noticeMs, timeoutMs));
  await ports.close();
  clearTimeout(timer);
  await allClosed(running.values());
  return isInTime;
}

/**
 * Wait until the responses whose connections the shutdown closed have ended. Without it their exchanges would take the end of
 * the gateway's connections to the cloud for a failure of the cloud: the server counts a connection as closed before its socket
 * says so. A pipelined response that has no socket yet says nothing.
 */
async function allClosed(responses: Iterable<ServerResponse>): Promise<void> {
  const connected = [...responses].filter(({ socket }) => socket !== null);
  await Promise.all(connected.map((response) => new Promise((resolve) => response.once('close', resolve))));
}

const ignore = (): void => undefined;

/**
 * Close each connection after its last response. An earlier response must not close it, because a request that is pipelined
 * after it may have reached the cloud already, and its response would be lost.
 */
function closeAfterLast(responses: Iterable<ServerResponse>): void {
  const last = new Map<Socket, ServerResponse>();
  for (const response of responses) {
    const { socket } = response.req;
    const earlier = last.get(socket);
    if (earlier?.headersSent === false) earlier.setHeader('Connection', 'keep-alive');
    if (!response.headersSent) response.setHeader('Connection', 'close');
    last.set(socket, response);
  }
}
