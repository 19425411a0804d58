import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TakenCounts } from '../../ledger/count/own-counts.ts';
import type { GatewayLedger } from '../../ledger/keep/gateway-ledger.ts';
import type { WorkerHandle } from './worker-handle.ts';

/** Keys of one message to a worker: about 200 KB. */
const keysOfMessage = 1000;

/** The counts of the workers, which the primary brings to the store. */
export class WorkerCounts {
  readonly #ledger: GatewayLedger | undefined;
  /** The runs by the ids of their workers. */
  readonly #boots = new Map<number, string>();

  constructor(ledger: GatewayLedger | undefined) {
    this.#ledger = ledger;
  }

  /** Let a worker begin with the keys that the ledger has. */
  async prime(worker: WorkerHandle): Promise<void> {
    const keys = (await this.#ledger?.keys()) ?? [];
    for (let at = 0; at < keys.length; at += keysOfMessage) {
      worker.send({ kind: 'ledger-keys', keys: keys.slice(at, at + keysOfMessage) });
      await nextTurn();
    }
  }

  /** Receive counts that a worker sent. */
  receive({ id }: WorkerHandle, { run, counts }: TakenCounts): void {
    this.#boots.set(id, run.boot);
    this.#ledger?.keeper.add(run, counts);
  }

  /** Note that a worker has ended. The run of one that was killed stays open, which says that its last counts are missing. */
  end({ id }: WorkerHandle): void {
    const boot = this.#boots.get(id);
    if (boot !== undefined) this.#ledger?.keeper.end(boot);
    this.#boots.delete(id);
  }
}
