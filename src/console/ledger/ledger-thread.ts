import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { fixedLimits } from '../../config/fixed-limits.ts';
import { ledgerPlaceOf } from '../../config/settings/way-out/ledger-place.ts';
import type { GatewayLedger } from '../../ledger/keep/gateway-ledger.ts';
import type { LedgerFailure } from '../views/ledger-types.ts';
import { handOver } from './hand-over.ts';
import type { FromThread, LedgerAnswer, LedgerQuestion, ToThread } from './thread-messages.ts';
import type { LedgerThreadOptions } from './thread.ts';

/** The entry of the thread: TypeScript, or what the build made of it. */
const entry = new URL(`./thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** Longest wait for the counts of the current interval. Without them the data are at most an interval old. */
const freshMs = 1000;

/** The ledger of the gateway that is read. */
export interface ReadLedger extends Pick<GatewayLedger, 'store' | 'keeper'> {
  /** The setting `ledger.store`. */
  readonly place: string;
}

/** The error of a question that has no answer. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly failure: LedgerFailure;

  constructor(code: string, message: string) {
    super(message);
    this.failure = { code, message };
  }
}

type Waiting = PromiseWithResolvers<LedgerAnswer>;
type ReadWish = Extract<FromThread, { readonly kind: 'read' }>;

/**
 * The thread that reads and judges the ledger for the console. It is started by the first question and ends when nobody asks any
 * more. Stores that several may open are read by the thread itself; a ledger in memory is handed over in slices.
 */
export class LedgerThread {
  readonly #ledger: ReadLedger;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;

  constructor(ledger: ReadLedger) {
    this.#ledger = ledger;
  }

  /** Ask for a document. @throws {NoAnswerError} */
  async ask(question: LedgerQuestion): Promise<LedgerAnswer> {
    if (this.#waiting.size >= fixedLimits.consoleQuestions)
      throw new NoAnswerError(
        'EBUSY',
        'Too many questions about the ledger wait for an answer. Ask again in some seconds.',
      );
    const waiting = Promise.withResolvers<LedgerAnswer>();
    this.#lastId += 1;
    const id = this.#lastId;
    this.#waiting.set(id, waiting);
    clearTimeout(this.#idle);
    this.#send({ kind: 'ask', id, question });
    const late = setTimeout(() => waiting.reject(tooLate), fixedLimits.consoleAnswerMs);
    try {
      return await waiting.promise;
    } finally {
      clearTimeout(late);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#endLater();
    }
  }

  /** End the thread. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#worker?.terminate();
  }

  #send(message: ToThread): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(message, []);
  }

  #start(): Worker {
    const { place } = this.#ledger;
    const options: LedgerThreadOptions = { place: ledgerPlaceOf(place)?.kind === 'memory' ? undefined : place };
    const worker = new Worker(entry, {
      workerData: options,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: fixedLimits.consoleHeapMegabytes },
    });
    worker.on('message', (message: FromThread) => this.#receive(message));
    let cause: unknown;
    worker.on('error', (error) => (cause = error));
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
      this.#refuseAll(cause);
    });
    // A process that has nothing else to do may end.
    worker.unref();
    return worker;
  }

  #receive(message: FromThread): void {
    if (message.kind === 'read') {
      void this.#handOver(message);
      return;
    }
    this.#waiting.get(message.id)?.resolve(message.answer);
  }

  #refuseAll(cause: unknown): void {
    const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
    const error = isFull
      ? new NoAnswerError('ETOOLARGE', 'The ledger is too large for the console. The command report can read it.')
      : new NoAnswerError('ETHREAD', 'The thread that reads the ledger ended. Ask again.');
    for (const { reject } of this.#waiting.values()) reject(error);
  }

  #endLater(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.close(), fixedLimits.consoleIdleMs).unref();
  }

  /** Store the latest counts, and hand over a ledger in memory. */
  async #handOver(wish: ReadWish): Promise<void> {
    const { store, keeper, place } = this.#ledger;
    await Promise.race([keeper.store(), sleep(freshMs, undefined, { ref: false })]);
    if (ledgerPlaceOf(place)?.kind !== 'memory') {
      this.#send({ kind: 'stored', reading: wish.reading });
      return;
    }
    await handOver(store, wish, (message) => this.#send(message));
  }
}

const tooLate = new NoAnswerError('ETIMEDOUT', 'The ledger is still being read. Ask again in some seconds.');
