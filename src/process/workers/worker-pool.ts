import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../config/settings.ts';
import type { Log } from '../../observe/log.ts';
import type { PrimaryMetrics } from '../../observe/primary-metrics.ts';
import type { MetricsSnapshot } from '../../observe/prometheus.ts';
import { createBackoff } from './backoff.ts';
import { WorkerHandle, type WorkerEnd, type WorkerOptions } from './worker-handle.ts';

/** The error of a worker that ended before it served. */
export class WorkerStartError extends Error {
  override readonly name = 'WorkerStartError';
  readonly end: WorkerEnd;

  constructor(end: WorkerEnd) {
    super('a worker ended before it served');
    this.end = end;
  }
}

/** The log, the metrics and the handlers to which the pool reports. */
export interface PoolContext {
  readonly log: Log;
  readonly metrics: Pick<PrimaryMetrics, 'countLostWorker'>;
  readonly onMetrics: (worker: WorkerHandle, snapshot: MetricsSnapshot) => void;
  readonly onServing: (worker: WorkerHandle) => void;
  readonly onCounts: WorkerOptions['onCounts'];
  readonly onExchanges: WorkerOptions['onExchanges'];
  readonly onEnded: (worker: WorkerHandle) => void;
}

/**
 * The state of the pool. starting: not all workers serve yet; a failure ends the start, because the operator must correct it.
 * running: lost workers are replaced. draining: the process ends, and no worker is started.
 */
type PoolState = 'starting' | 'running' | 'draining';

/** The pool of workers: as many as configured. Lost workers are replaced. */
export class WorkerPool {
  #config: Config;
  readonly #context: PoolContext;
  readonly #workers = new Set<WorkerHandle>();
  /** The workers that were retired on purpose and do not count as lost. */
  readonly #retired = new WeakSet<WorkerHandle>();
  readonly #backoff = createBackoff();
  #state: PoolState = 'starting';
  /** The number of replacements whose backoff has not passed yet. */
  #pendingReplacements = 0;

  constructor(config: Config, context: PoolContext) {
    this.#config = config;
    this.#context = context;
  }

  /** The workers whose processes have not ended. */
  get workers(): ReadonlySet<WorkerHandle> {
    return this.#workers;
  }

  get servingCount(): number {
    return this.#count('serving');
  }

  /** True after all workers have served, until the shutdown. */
  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /**
   * Start all workers; resolves with their URL when all serve.
   * @throws {WorkerStartError}
   */
  async start(): Promise<string> {
    // Start one worker first, so that an unusable port or file is reported once and not by every worker.
    const url = await servingUrl(this.add());
    if (this.#state === 'starting') {
      const others = Array.from({ length: this.#config.workers - 1 }, () => servingUrl(this.add()));
      await Promise.all(others);
    }
    if (this.#state === 'starting') this.#state = 'running';
    // During the start, lost workers are not replaced.
    while (this.#lacksWorker()) this.add();
    return url;
  }

  get isDraining(): boolean {
    return this.#state === 'draining';
  }

  /** The configuration that workers start with. */
  get config(): Config {
    return this.#config;
  }

  /** Let workers start with another configuration from now on. Those that serve keep theirs. */
  set config(config: Config) {
    this.#config = config;
  }

  /** Send the configuration to all workers that have another one. */
  configure(): void {
    for (const worker of this.#workers) worker.configure();
  }

  /** Start one more worker. */
  add(): WorkerHandle {
    const { log, onMetrics, onCounts, onExchanges } = this.#context;
    const worker = new WorkerHandle({
      config: () => this.#config,
      onMetrics,
      onCounts,
      onExchanges,
      writeLine: log.writeLine,
    });
    this.#workers.add(worker);
    void this.#follow(worker);
    void worker.stoppedServing.then(() => this.#replace(worker));
    return worker;
  }

  /** Drain a worker, and replace it only if too few others remain; resolves when it has ended. */
  retire(worker: WorkerHandle): Promise<WorkerEnd> {
    this.#retired.add(worker);
    worker.drain();
    return worker.ended;
  }

  /** Drain all workers; resolves with true if all ended in time and without an error. */
  async drain(): Promise<boolean> {
    this.#state = 'draining';
    const draining = [...this.#workers];
    for (const worker of draining) worker.drain();
    return (await Promise.all(draining.map(({ ended }) => ended))).every(isClean);
  }

  #count(...states: readonly WorkerHandle['state'][]): number {
    return [...this.#workers].filter(({ state }) => states.includes(state)).length;
  }

  #lacksWorker(): boolean {
    return this.isRunning && this.#count('starting', 'serving') + this.#pendingReplacements < this.#config.workers;
  }

  /** Log the start and the end of a worker, and remove it at its end. */
  async #follow(worker: WorkerHandle): Promise<void> {
    const { log, onServing, onEnded } = this.#context;
    const { id, pid } = worker;
    if ((await worker.serving) !== undefined) {
      log.info('worker serves', { worker: id, pid });
      onServing(worker);
    }
    const end = await worker.ended;
    log[isClean(end) ? 'info' : 'error']('worker ended', { worker: id, pid, ...end });
    this.#workers.delete(worker);
    onEnded(worker);
  }

  /** Replace a worker that stopped serving; if it was lost, after the backoff. */
  async #replace(worker: WorkerHandle): Promise<void> {
    if (!this.isRunning) return;
    const isReplaced = this.#lacksWorker();
    const waitMs = this.#retired.has(worker) ? 0 : this.#backoff(worker.servedMs);
    if (!this.#retired.has(worker)) this.#reportLost(worker, isReplaced ? waitMs : undefined);
    if (!isReplaced) return;
    this.#pendingReplacements += 1;
    await sleep(waitMs);
    this.#pendingReplacements -= 1;
    // Check again: meanwhile the pool may drain, or a restart may have added a worker.
    if (this.#lacksWorker()) this.add();
  }

  #reportLost({ id, pid, servedMs }: WorkerHandle, replacedInMs: number | undefined): void {
    const { log, metrics } = this.#context;
    metrics.countLostWorker();
    log.error('worker lost', { worker: id, pid, servedMs: Math.round(servedMs), replacedInMs });
  }
}

async function servingUrl(worker: WorkerHandle): Promise<string> {
  const url = await worker.serving;
  if (url === undefined) throw new WorkerStartError(await worker.ended);
  return url;
}

/** Check that a worker ended without an error. A signal from outside is not an error of the gateway. */
function isClean({ code, isOverdue }: WorkerEnd): boolean {
  return !isOverdue && (code === 0 || code === null);
}
