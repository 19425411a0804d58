import { setTimeout as sleep } from 'node:timers/promises';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { Config } from '../../config/settings.ts';
import type { Log } from '../../observe/log.ts';
import type { MetricsSnapshot, PrimaryMetrics } from '../../observe/metrics.ts';
import { createBackoff } from './backoff.ts';
import { WorkerHandle, type WorkerEnd } from './worker-handle.ts';

/** The error of a worker that ended before it served. */
export class WorkerStartError extends Error {
  override readonly name = 'WorkerStartError';
  readonly end: WorkerEnd;

  constructor(end: WorkerEnd) {
    super('a worker ended before it served');
    this.end = end;
  }
}

/** The log, the metrics and the callbacks that the pool reports to. */
export interface PoolContext {
  readonly log: Log;
  readonly metrics: Pick<PrimaryMetrics, 'countLostWorker'>;
  readonly onMetrics: (worker: WorkerHandle, snapshot: MetricsSnapshot) => void;
  readonly onEnded: (worker: WorkerHandle) => void;
}

/**
 * The states of the pool. starting: not all workers have served yet, and a failure is the operator's to mend. running: lost
 * workers are replaced. draining: the process ends, and no worker is started any more.
 */
type PoolState = 'starting' | 'running' | 'draining';

/** The workers, as many as the settings ask for; lost ones are replaced. */
export class WorkerPool {
  readonly #config: Config;
  readonly #context: PoolContext;
  readonly #workers = new Set<WorkerHandle>();
  /** The workers that were retired on purpose, and so do not count as lost. */
  readonly #retired = new WeakSet<WorkerHandle>();
  readonly #backoff = createBackoff();
  #state: PoolState = 'starting';
  /** The replacements that wait for their backoff to pass. */
  #comingReplacements = 0;

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

  /** True from the time that all workers have served until the shutdown. */
  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /**
   * Start all workers; resolves with their URL when all serve.
   * @throws {WorkerStartError}
   */
  async start(): Promise<string> {
    // Alone at first: a port or a file that cannot be used is then reported once, not by every worker.
    const url = await servingUrl(this.add());
    if (this.#state === 'starting') {
      const others = Array.from({ length: this.#config.workers - 1 }, () => servingUrl(this.add()));
      await Promise.all(others);
    }
    if (this.#state === 'starting') this.#state = 'running';
    // Workers that were lost during the start have not been replaced.
    while (this.#lacksWorker()) this.add();
    return url;
  }

  /** Start one more worker. */
  add(): WorkerHandle {
    const { log, onMetrics } = this.#context;
    const drainMs = this.#config.shutdown.timeoutMs + fixedLimits.workerOverdueMs;
    const worker = new WorkerHandle({ drainMs, onMetrics, writeLine: log.pass });
    this.#workers.add(worker);
    void this.#follow(worker);
    void worker.stoppedServing.then(() => this.#replace(worker));
    return worker;
  }

  /** Drain a worker, which is not replaced unless too few others are left; resolves when it has ended. */
  retire(worker: WorkerHandle): Promise<WorkerEnd> {
    this.#retired.add(worker);
    worker.drain();
    return worker.ended;
  }

  /** Drain all workers; resolves with true if each ended by itself and without an error. */
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
    return this.isRunning && this.#count('starting', 'serving') + this.#comingReplacements < this.#config.workers;
  }

  /** Log a worker's life, and forgets the worker at its end. */
  async #follow(worker: WorkerHandle): Promise<void> {
    const { log, onEnded } = this.#context;
    const { id, pid } = worker;
    if ((await worker.serving) !== undefined) log.info('worker serves', { worker: id, pid });
    const end = await worker.ended;
    log[isClean(end) ? 'info' : 'error']('worker ended', { worker: id, pid, ...end });
    this.#workers.delete(worker);
    onEnded(worker);
  }

  /** Replace a worker that serves no longer, after its backoff if it was lost. */
  async #replace(worker: WorkerHandle): Promise<void> {
    if (!this.isRunning) return;
    const isReplaced = this.#lacksWorker();
    const waitMs = this.#retired.has(worker) ? 0 : this.#backoff(worker.servedMs);
    if (!this.#retired.has(worker)) this.#reportLost(worker, isReplaced ? waitMs : undefined);
    if (!isReplaced) return;
    this.#comingReplacements += 1;
    await sleep(waitMs);
    this.#comingReplacements -= 1;
    // Meanwhile the pool may have begun to drain, or a restart may have added a worker.
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

/** Tells whether a worker ended without an error; a signal from outside is not the gateway's error. */
function isClean({ code, isOverdue }: WorkerEnd): boolean {
  return !isOverdue && (code === 0 || code === null);
}
