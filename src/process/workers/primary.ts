import { shownRegions } from '../../config/services/regional-configs.ts';
import { fstatSync } from 'node:fs';
import { createAdmin, type Admin } from '../../server/admin/admin.ts';
import { showSettings } from '../../server/admin/shown-settings.ts';
import { createShutdown, shutDownOnDefects, shutDownOnSignals, softwareErrorCode, type Shutdown } from '../shutdown.ts';
import { removeStaleSocket } from '../../server/ports/places.ts';
import type { GatewayLedger } from '../../ledger/keep/gateway-ledger.ts';
import { LiveHub } from '../../observe/live/live-hub.ts';
import type { Log, ProcessLog } from '../../observe/log.ts';
import { createPrimaryMetrics, type PrimaryMetrics } from '../../observe/primary-metrics.ts';
import { readAdminFiles } from '../../server/resources/resources.ts';
import type { Config } from '../../config/settings.ts';
import { startLedger } from '../ledger/start-ledger.ts';
import { packageVersion } from '../package-version.ts';
import { createReload, type Reload } from '../reload.ts';
import { WorkerCounts } from './worker-counts.ts';
import { WorkerPool, WorkerStartError } from './worker-pool.ts';
import { prepareWorkers, type WorkerHandle } from './worker-handle.ts';
import { createRollingRestart } from './rolling-restart.ts';
import { SummedMetrics } from './summed-metrics.ts';

/**
 * Run the gateway as several processes: this one serves the admin port and starts the workers, which serve callers on one
 * port. It is ready while at least one worker serves. On SIGHUP the primary reads the configuration again and sends it to the
 * workers, if it is good; on SIGUSR2 they are replaced one by one, too.
 * @throws the error of an admin port that cannot be used
 */
export async function runPrimary(config: Config, log: ProcessLog): Promise<void> {
  await removeStaleSocket(config);
  prepareWorkers(isPipe());
  const metrics = createPrimaryMetrics(() => pool.servingCount);
  const summed = new SummedMetrics(metrics, () => pool.workers);
  const ledger = await startWorkersLedger(config, log, () => pool.workers);
  if (ledger !== undefined) metrics.watchKeeper(ledger.keeper);
  const counts = new WorkerCounts(ledger);
  const pool: WorkerPool = new WorkerPool(config, {
    log,
    metrics,
    onMetrics: (worker, snapshot) => summed.receive(worker, snapshot),
    onServing: (worker) => {
      void counts.prime(worker);
      if (live.isWatched) worker.send({ kind: 'watch', isWatched: true });
    },
    onExchanges: (fed) => live.receive(fed),
    onCounts: (worker, taken) => counts.receive(worker, taken),
    onEnded: (worker) => {
      summed.keepCountsOf(worker);
      counts.end(worker);
    },
  });
  const live = new LiveHub(config.console, (isWatched) => watchAll(pool, isWatched));
  const admin = createAdmin(config, readAdminFiles(config, process.env), {
    isReady: () => pool.isRunning && pool.servingCount > 0,
    metrics: { ...metrics, text: () => summed.text(), snapshot: () => summed.snapshot() },
    settings: () => showSettings(pool.config),
    config: () => pool.config,
    ledger,
    live,
    log,
  });
  const adminUrl = await admin.listen();
  const shutDown = createShutdown(log, () => drainAll(pool, { admin, live, ledger }, log));
  handleSignals(pool, reloadOf(pool, { admin, live, ledger }, metrics, log), log, shutDown);
  shutDownOnDefects(log, shutDown);
  await startPool(pool, { adminUrl, log, shutDown });
}

/** The parts of the primary besides its workers. */
interface PrimaryParts {
  readonly admin: Admin;
  readonly live: LiveHub;
  readonly ledger: GatewayLedger | undefined;
}

/** Drain the workers, and close everything. @returns the exit code */
async function drainAll(pool: WorkerPool, { admin, live, ledger }: PrimaryParts, log: Log): Promise<number> {
  const startedAt = performance.now();
  live.close();
  log.info('draining', { workers: pool.servingCount });
  const isClean = await pool.drain();
  await ledger?.close(pool.config.shutdown.timeoutMs - (performance.now() - startedAt));
  await admin.close();
  log.info('stopped', { isInTime: performance.now() - startedAt < pool.config.shutdown.timeoutMs });
  return isClean ? 0 : softwareErrorCode;
}

/** Order all workers to show their exchanges, or to show none. One that does not serve yet gets the order when it does. */
function watchAll({ workers }: WorkerPool, isWatched: boolean): void {
  for (const worker of workers) worker.send({ kind: 'watch', isWatched });
}

/** Start the workers. */
async function startPool(
  pool: WorkerPool,
  { adminUrl, log, shutDown }: { readonly adminUrl: string; readonly log: Log; readonly shutDown: Shutdown },
): Promise<void> {
  try {
    const url = await pool.start();
    const { workers, upstream } = pool.config;
    const { profile } = upstream;
    if (pool.isRunning) log.info('ready', { url, adminUrl, profile, ...shownRegions(pool.config), workers });
  } catch (error) {
    if (!(error instanceof WorkerStartError)) throw error;
    // The worker has reported the reason, so the primary does not repeat it.
    shutDown(error.end.code ?? softwareErrorCode);
  }
}

/** Open the ledger, to which the workers report. */
function startWorkersLedger(
  config: Config,
  log: Log,
  workers: () => Iterable<WorkerHandle>,
): Promise<GatewayLedger | undefined> {
  return startLedger(config, {
    version: packageVersion(),
    log,
    isCounting: false,
    onStoredAgain: () => {
      for (const worker of workers()) worker.send({ kind: 'count-again' });
    },
  });
}

function handleSignals(pool: WorkerPool, reload: Reload, log: Log, shutDown: Shutdown): void {
  shutDownOnSignals(shutDown, () => pool.workers.forEach((worker) => worker.kill()));
  process.on('SIGHUP', () => {
    if (reload('reload')) pool.configure();
  });
  const restart = createRollingRestart(pool, reload, log);
  process.on('SIGUSR2', () => void restart());
}

function reloadOf(
  pool: WorkerPool,
  { admin, live, ledger }: PrimaryParts,
  { setReload }: PrimaryMetrics,
  log: ProcessLog,
): Reload {
  return createReload({
    environment: process.env,
    log,
    setReload,
    current: () => (pool.isDraining ? undefined : pool.config),
    use: (config, resources) => {
      pool.config = config;
      admin.use(config.admin, resources.admin);
      live.use(config.console);
      ledger?.use(config.ledger);
      log.configure(config.log);
    },
  });
}

/** Check that stdout is a pipe or a socket, in which long writes of several processes interleave. */
function isPipe(): boolean {
  const stdout = fstatSync(process.stdout.fd);
  return stdout.isFIFO() || stdout.isSocket();
}
