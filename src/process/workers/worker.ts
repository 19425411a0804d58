import cluster, { type Worker } from 'node:cluster';
import { createOwnCounts, type CountSurroundings, type OwnCounts } from '../../ledger/count/own-counts.ts';
import { isLedgerOff } from '../../ledger/keep/gateway-ledger.ts';
import { reportCounts, type Reporting } from '../ledger/reporting.ts';
import { createCallers, type Callers } from '../../server/callers.ts';
import { createShutdown, shutDownOnDefects, type Shutdown } from '../shutdown.ts';
import { startTracing, tracingOptions } from '../../observe/tracing/start-tracing.ts';
import { ExchangeFeed } from '../../observe/live/exchange-feed.ts';
import { createLog, type Log, type LogFields, type ProcessLog } from '../../observe/log.ts';
import { readResources, type Resources } from '../../server/resources/resources.ts';
import type { Config } from '../../config/settings.ts';
import { useConfiguration } from '../reload.ts';
import type { ToPrimary, ToWorker } from './messages.ts';

/** The signals that workers ignore: a terminal sends them to the whole process group (Ctrl-C), and the primary handles them. */
const ignoredSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const;

/**
 * Run a worker: one of several processes that serve callers on a port of the primary, which also ends them, and from which they
 * have their configuration. If the primary has ended, the worker drains.
 * @throws the errors of createCallers, and of a port that cannot be used
 */
export async function runWorker(version: string): Promise<void> {
  const { worker } = cluster;
  if (worker === undefined) throw new Error('a worker is started by its primary');
  for (const signal of ignoredSignals) process.on(signal, () => undefined);
  const config = await receiveConfiguration(worker);
  const log = withWorkerId(createLog(config.log), worker.id);
  const tracing = await startTracing(process.env, log, tracingOptions(config, version));
  const ledger = startReports(worker, config, { version, log, now: Date.now });
  const { counts } = ledger;
  const feed = new ExchangeFeed(worker.id, (fed) => void send(worker, { kind: 'exchanges', fed }));
  const callers = createCallers(config, log, version, { tracing, counts, feed });
  const listening = callers.listen();
  const shutDown = createShutdown(log, async () => {
    await listening;
    void send(worker, { kind: 'draining' });
    const isInTime = await callers.drain();
    await ledger.reporting?.close();
    log.info('stopped', { isInTime });
    await sendMetrics(worker, callers);
    return 0;
  });
  drainWithoutPrimary(worker, log, shutDown);
  const configure = createConfigure(callers, log, ({ ledger: settings }) => {
    counts?.use(settings);
    ledger.reporting?.use(settings);
  });
  worker.on('message', (message: ToWorker) => {
    receive(message, { shutDown, configure, collect: () => void sendMetrics(worker, callers), counts, feed });
  });
  const url = await listening;
  shutDownOnDefects(log, shutDown);
  await send(worker, { kind: 'serving', url });
}

/** The parts of a worker that messages of the primary are for. */
interface Receivers {
  readonly shutDown: Shutdown;
  readonly configure: (config: Config) => void;
  readonly collect: () => void;
  readonly counts: OwnCounts | undefined;
  readonly feed: ExchangeFeed;
}

/** Receive a message of the primary. */
function receive(message: ToWorker, { shutDown, configure, collect, counts, feed }: Receivers): void {
  switch (message.kind) {
    case 'drain':
      return shutDown(0);
    case 'configure':
      return configure(message.config);
    case 'collect':
      return collect();
    case 'ledger-keys':
      return counts?.prime(message.keys);
    case 'count-again':
      return counts?.takeAllAgain();
    case 'watch':
      feed.isWatched = message.isWatched;
      return undefined;
    default:
      return message satisfies never;
  }
}

/** Count, and report to the primary, unless the ledger is switched off. */
function startReports(worker: Worker, { ledger }: Config, surroundings: CountSurroundings): WorkersLedger {
  if (isLedgerOff(ledger)) return { counts: undefined, reporting: undefined };
  const counts = createOwnCounts(ledger, surroundings);
  return { counts, reporting: reportCounts(counts, ledger, (taken) => send(worker, { kind: 'ledger', taken })) };
}

/** The counts of the worker and their reports; undefined if the ledger is switched off. */
interface WorkersLedger {
  readonly counts: OwnCounts | undefined;
  readonly reporting: Reporting | undefined;
}

/** Ask the primary for the configuration. It has checked it, and the file may be half written by now. */
function receiveConfiguration(worker: Worker): Promise<Config> {
  const { promise, resolve } = Promise.withResolvers<Config>();
  const onMessage = (message: ToWorker): void => {
    if (message.kind !== 'configure') return;
    worker.off('message', onMessage);
    resolve(message.config);
  };
  worker.on('message', onMessage);
  void send(worker, { kind: 'started' });
  return promise;
}

/** Create the function that uses another configuration, which the primary has checked, while the worker serves. */
function createConfigure(
  { reload, metrics: { setReload } }: Callers,
  log: ProcessLog,
  onUse: (config: Config) => void,
): (config: Config) => void {
  const use = (config: Config, resources: Resources): void => {
    reload(config, resources);
    onUse(config);
    log.configure(config.log);
  };
  const target = { environment: process.env, log, setReload, read: readResources, use };
  return (config) => void useConfiguration(() => ({ config }), target);
}

/** Drain the worker when the channel to the primary closes, because then the primary has ended. */
function drainWithoutPrimary(worker: Worker, log: Log, shutDown: Shutdown): void {
  worker.on('disconnect', () => {
    // Otherwise node exits as soon as the channel closes, and aborts running exchanges.
    worker.exitedAfterDisconnect = true;
    // If the primary forwarded the log lines, the pipe to it is broken now; an unhandled error would end the process.
    process.stdout.on('error', () => undefined);
    log.warn('the primary has ended');
    shutDown(0);
  });
}

/** Send a message; resolves when it has been sent, or if the channel is closed. */
function send(worker: Worker, message: ToPrimary): Promise<void> {
  return new Promise((resolve) => {
    if (worker.isConnected()) worker.send(message, () => resolve());
    else resolve();
  });
}

async function sendMetrics(worker: Worker, { metrics }: Callers): Promise<void> {
  await send(worker, { kind: 'metrics', snapshot: await metrics.snapshot() });
}

/** Add the number of the worker to each line. */
function withWorkerId(log: ProcessLog, worker: number): ProcessLog {
  const named = (fields?: LogFields): LogFields => ({ worker, ...fields });
  return {
    ...log,
    info: (event, fields) => log.info(event, named(fields)),
    warn: (event, fields) => log.warn(event, named(fields)),
    error: (event, fields) => log.error(event, named(fields)),
  };
}
