import { Worker } from 'node:worker_threads';
import { LedgerStoreError } from '../store-error.ts';
import type { SqliteOptions } from './connection.ts';
import type { SqliteCalls, SqliteMethod } from './sqlite-store.ts';
import type { SqliteRequest, SqliteResult } from './thread-messages.ts';

/** The entry of the thread: TypeScript, or what the build made of it. */
const entry = new URL(`./thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** Memory for the objects of the thread: a page of counts takes a few megabytes. */
const heapMegabytes = 64;

type Outcome = Pick<PromiseWithResolvers<never>, 'resolve' | 'reject'>;

/** Call a file in a thread of its own. A thread that died is started again by the next call. */
export function callsInThread(options: SqliteOptions): SqliteCalls {
  let thread: Thread | undefined;
  const send = (method: SqliteMethod | 'close', args: readonly unknown[]): Promise<never> => {
    if (thread?.isAlive !== true) thread = new Thread(options);
    return thread.call(method, args);
  };
  return {
    call: (method, ...args) => send(method, args),
    close: async () => {
      if (thread?.isAlive === true) await send('close', []).catch(() => undefined);
    },
  };
}

class Thread {
  readonly #worker: Worker;
  readonly #file: string;
  readonly #outcomes = new Map<number, Outcome>();
  #lastId = 0;
  #isAlive = true;

  constructor(options: SqliteOptions) {
    this.#file = options.file;
    this.#worker = new Worker(entry, {
      workerData: options,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    this.#worker.on('message', (result: SqliteResult) => this.#receive(result));
    // 'exit' follows, which rejects the calls.
    this.#worker.on('error', () => undefined);
    this.#worker.on('exit', () => this.#end());
    // A process that has nothing else to do may end.
    this.#worker.unref();
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  call(method: SqliteRequest['method'], args: readonly unknown[]): Promise<never> {
    const { promise, resolve, reject } = Promise.withResolvers<never>();
    this.#lastId += 1;
    this.#outcomes.set(this.#lastId, { resolve, reject });
    const request: SqliteRequest = { id: this.#lastId, method, args };
    this.#worker.postMessage(request, []);
    // While a call runs, the process must not end for lack of other work.
    this.#worker.ref();
    return promise;
  }

  #receive(result: SqliteResult): void {
    const outcome = this.#outcomes.get(result.id);
    this.#outcomes.delete(result.id);
    if (this.#outcomes.size === 0) this.#worker.unref();
    if ('error' in result) {
      const { message, code, isLasting } = result.error;
      outcome?.reject(new LedgerStoreError(message, code, isLasting));
      return;
    }
    // The thread answers with the type of the method that was called.
    outcome?.resolve(result.result as never);
  }

  #end(): void {
    this.#isAlive = false;
    const error = new LedgerStoreError(`the ledger's file ${this.#file}: its thread ended (ETHREAD)`, 'ETHREAD', false);
    for (const { reject } of this.#outcomes.values()) reject(error);
    this.#outcomes.clear();
  }
}
