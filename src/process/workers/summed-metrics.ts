import { setTimeout as sleep } from 'node:timers/promises';
import { fixedLimits } from '../../config/fixed-limits.ts';
import { lastingPart, sumSnapshots, type PrimaryMetrics } from '../../observe/primary-metrics.ts';
import type { MetricsSnapshot } from '../../observe/prometheus.ts';
import type { WorkerHandle } from './worker-handle.ts';

/** The sum of the metrics of all workers. It keeps the counts of ended workers, so that counters never decrease. */
export class SummedMetrics {
  readonly #own: Pick<PrimaryMetrics, 'snapshot'>;
  readonly #workers: () => Iterable<WorkerHandle>;
  /** The last snapshot of each worker, by its id. */
  readonly #snapshots = new Map<number, MetricsSnapshot>();
  /** The functions to call when a worker sends its next snapshot, by its id. */
  readonly #arrivals = new Map<number, () => void>();
  #ofEnded: MetricsSnapshot = [];
  /** The pending additions to `#ofEnded`. They run one after the other, because each needs the sum before it. */
  #additions = Promise.resolve();
  /** The collection in progress, which concurrent readers share. */
  #collection: Promise<unknown> | undefined;

  constructor(own: Pick<PrimaryMetrics, 'snapshot'>, workers: () => Iterable<WorkerHandle>) {
    this.#own = own;
    this.#workers = workers;
  }

  /** Receive a snapshot that a worker sent. */
  receive({ id }: WorkerHandle, snapshot: MetricsSnapshot): void {
    this.#snapshots.set(id, snapshot);
    this.#arrivals.get(id)?.();
  }

  /** Keep the counts of a worker that has ended. */
  keepCountsOf({ id }: WorkerHandle): void {
    this.#additions = this.#additions.then(() => this.#addEnded(id));
  }

  /** Collect the metrics of all workers, and print their sum with the primary's own. */
  async text(): Promise<string> {
    return (await this.#sum()).text();
  }

  /** Collect the metrics of all workers, and return their sum with the primary's own. */
  async snapshot(): Promise<MetricsSnapshot> {
    return (await this.#sum()).snapshot();
  }

  async #sum(): Promise<ReturnType<typeof sumSnapshots>> {
    this.#collection ??= Promise.all(Array.from(this.#workers(), (worker) => this.#collect(worker))).finally(
      () => (this.#collection = undefined),
    );
    await this.#collection;
    const own = await this.#own.snapshot();
    await this.#additions;
    return sumSnapshots([own, this.#ofEnded, ...this.#snapshots.values()]);
  }

  /** Request a snapshot and wait for it. A worker that ends or is too slow counts with its previous snapshot. */
  async #collect(worker: WorkerHandle): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#arrivals.set(worker.id, resolve);
    worker.send({ kind: 'collect' });
    await Promise.race([promise, worker.ended, sleep(fixedLimits.metricsWaitMs, undefined, { ref: false })]);
  }

  async #addEnded(id: number): Promise<void> {
    this.#ofEnded = await sumSnapshots([this.#ofEnded, lastingPart(this.#snapshots.get(id) ?? [])]).snapshot();
    this.#snapshots.delete(id);
    this.#arrivals.delete(id);
  }
}
