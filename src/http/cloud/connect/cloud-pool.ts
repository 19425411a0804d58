import type { DispatchHandler, DispatchOptions, Pool } from './undici.ts';

/** The connections of one road that undici uses. */
export interface CloudPool {
  /** The number of open connections that are kept. */
  readonly connected: number;
  /** Send a request, once. */
  dispatch(request: DispatchOptions, handler: DispatchHandler): void;
  /** Send a request on a new connection, which serves no other request. */
  dispatchAnew(request: DispatchOptions, handler: DispatchHandler): void;
}

/** The pools of one road: of connections that are kept, and of those that serve one request. */
export interface RoadPools {
  readonly kept: Pool;
  readonly single: Pool;
}

/** The change of each request that its way to the cloud demands, such as the absolute form of its target for a proxy. */
export type Prepare = (request: DispatchOptions) => DispatchOptions;

/** A pool whose connections can be replaced as a whole while requests are in progress on them. */
export class RenewablePool implements CloudPool {
  readonly #create: () => RoadPools;
  readonly #prepare: Prepare;
  readonly #former = new Set<Pool>();
  #pools: RoadPools;

  /** @param create creates the pools, at first and at each renewal */
  constructor(create: () => RoadPools, prepare: Prepare) {
    this.#create = create;
    this.#prepare = prepare;
    this.#pools = create();
  }

  get connected(): number {
    return this.#pools.kept.stats.connected;
  }

  dispatch(request: DispatchOptions, handler: DispatchHandler): void {
    this.#pools.kept.dispatch(this.#prepare(request), handler);
  }

  dispatchAnew(request: DispatchOptions, handler: DispatchHandler): void {
    this.#pools.single.dispatch(this.#prepare(request), handler);
  }

  /** Use new connections from now on. Idle ones are closed at once, the others after their exchange. */
  renew(): void {
    const { kept, single } = this.#pools;
    this.#pools = this.#create();
    for (const pool of [kept, single]) {
      this.#former.add(pool);
      // close() waits for the requests that were given to the pool, and refuses none of them.
      void pool.close().finally(() => this.#former.delete(pool));
    }
  }

  /** Close all connections. */
  async destroy(): Promise<void> {
    const { kept, single } = this.#pools;
    await Promise.all([kept, single, ...this.#former].map((pool) => pool.destroy()));
  }
}
