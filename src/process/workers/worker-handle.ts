import cluster, { type Worker } from 'node:cluster';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { Config } from '../../config/settings.ts';
import { gatewayId, gatewayIdVariable } from '../../config/gateway-id.ts';
import { forwardLines } from './forward-lines.ts';
import { reassignLostConnections } from './lost-connections.ts';
import { workerOption, type ToPrimary, type ToWorker } from './messages.ts';
import type { TakenCounts } from '../../ledger/count/own-counts.ts';
import type { FedExchanges } from '../../observe/live/exchange-feed.ts';
import type { MetricsSnapshot } from '../../observe/prometheus.ts';

/**
 * The state of a worker. A worker may skip states, but never returns to an earlier one.
 * starting: the process runs, but does not serve yet. serving: it accepts connections. draining: it finishes the running
 * exchanges, by an order of the primary or after an unexpected error. ended: the process has ended.
 */
export type WorkerState = 'starting' | 'serving' | 'draining' | 'ended';

/** The end of a worker's process. */
export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** True if the worker was killed because it did not end in time. */
  readonly isOverdue: boolean;
}

/** The configuration of a worker, and the handlers of its messages and lines. */
export interface WorkerOptions {
  /** Returns the configuration that a worker should use now. */
  readonly config: () => Config;
  readonly onMetrics: (worker: WorkerHandle, snapshot: MetricsSnapshot) => void;
  readonly onCounts: (worker: WorkerHandle, taken: TakenCounts) => void;
  readonly onExchanges: (fed: FedExchanges) => void;
  readonly writeLine: (line: string) => void;
}

/** Configure how workers are started. If stdout is a pipe, the primary writes their lines, because long ones would interleave. */
export function prepareWorkers(isPipe: boolean): void {
  cluster.setupPrimary({
    args: [`--${workerOption}`],
    stdio: ['ignore', isPipe ? 'pipe' : 'inherit', 'inherit', 'ipc'],
  });
}

/** The primary's view of a worker: its process, its state, and the messages to it. */
export class WorkerHandle {
  readonly id: number;
  readonly pid: number | undefined;
  readonly #worker: Worker;
  readonly #options: WorkerOptions;
  #state: WorkerState = 'starting';
  #servingSince = Infinity;
  #servingUntil = Infinity;
  #isOverdue = false;
  /** The configuration that was sent to the worker last; undefined until it has asked for one. */
  #config: Config | undefined;
  #killTimer: NodeJS.Timeout | undefined;
  readonly #serving = Promise.withResolvers<string | undefined>();
  readonly #stoppedServing = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<WorkerEnd>();

  /** Start a worker. */
  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#worker = cluster.fork({ [gatewayIdVariable]: gatewayId });
    const { process: child } = this.#worker;
    this.id = this.#worker.id;
    this.pid = child.pid;
    reassignLostConnections(this.#worker);
    if (child.stdout !== null) forwardLines(child.stdout, options.writeLine);
    this.#worker.on('message', (message: ToPrimary) => this.#receive(message));
    child.once('close', (code: number | null, signal: string | null) => this.#end(code, signal));
    // A process that could not be started emits no 'close'.
    this.#worker.on('error', () => {
      if (child.pid === undefined) this.#end(null, null);
    });
  }

  get state(): WorkerState {
    return this.#state;
  }

  /** The time that the worker has served, in milliseconds. */
  get servedMs(): number {
    return Math.max(0, Math.min(this.#servingUntil, performance.now()) - this.#servingSince);
  }

  /** The promise of the worker's URL, which resolves when it serves; with undefined if it ends before. */
  get serving(): Promise<string | undefined> {
    return this.#serving.promise;
  }

  /** The promise that resolves when the worker drains or has ended. */
  get stoppedServing(): Promise<void> {
    return this.#stoppedServing.promise;
  }

  /** The promise that resolves when the worker has ended and its last lines have been forwarded. */
  get ended(): Promise<WorkerEnd> {
    return this.#ended.promise;
  }

  /** Send a message, unless the channel is closed because the worker is about to end. */
  send(message: ToWorker): void {
    if (this.#worker.isConnected()) this.#worker.send(message, () => undefined);
  }

  /** Send the configuration to use now, if the worker has another one. One that starts gets it when it serves. */
  configure(): void {
    const config = this.#options.config();
    if (this.#state === 'serving' && config !== this.#config) this.#sendConfiguration();
  }

  /** Ask the worker to drain, and kill it if it has not ended in time. */
  drain(): void {
    this.send({ kind: 'drain' });
    this.#becomeDraining();
  }

  /** Kill the process. */
  kill(): void {
    this.#worker.process.kill('SIGKILL');
  }

  #receive(message: ToPrimary): void {
    switch (message.kind) {
      case 'started':
        return this.#sendConfiguration();
      case 'serving':
        return this.#becomeServing(message.url);
      case 'draining':
        return this.#becomeDraining();
      case 'metrics':
        return this.#options.onMetrics(this, message.snapshot);
      case 'ledger':
        return this.#options.onCounts(this, message.taken);
      case 'exchanges':
        return this.#options.onExchanges(message.fed);
      default:
        return message satisfies never;
    }
  }

  #becomeServing(url: string): void {
    this.#servingSince = performance.now();
    if (this.#state === 'starting') this.#state = 'serving';
    // A drain message that was sent before the worker listened is lost: send it again.
    else this.send({ kind: 'drain' });
    this.configure();
    this.#serving.resolve(url);
  }

  #sendConfiguration(): void {
    const config = this.#options.config();
    this.#config = config;
    this.send({ kind: 'configure', config });
  }

  #becomeDraining(): void {
    if (this.#state === 'draining' || this.#state === 'ended') return;
    this.#state = 'draining';
    this.#servingUntil = performance.now();
    const drainMs = this.#options.config().shutdown.timeoutMs + fixedLimits.workerOverdueMs;
    this.#killTimer = setTimeout(() => {
      this.#isOverdue = this.#worker.process.kill('SIGKILL');
    }, drainMs);
    this.#stoppedServing.resolve();
  }

  #end(code: number | null, signal: string | null): void {
    this.#becomeDraining();
    clearTimeout(this.#killTimer);
    this.#state = 'ended';
    this.#serving.resolve(undefined);
    this.#ended.resolve({ code, signal, isOverdue: this.#isOverdue });
  }
}
