import { Worker } from 'node:worker_threads';
import { fixedLimits } from '../../config/fixed-limits.ts';
import type { Config } from '../../config/settings.ts';
import { describeDefect } from '../../observe/defect.ts';

/** The entry of the thread: TypeScript, or what the build made of it. */
const entry = new URL(`./thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** The error of a text that takes too much time or memory. */
export class TooMuchError extends Error {
  override readonly name = 'TooMuchError';
}

/** The error of a text on which the gateway's own code failed. Its words quote nothing of the text. */
export class TryDefectError extends Error {
  override readonly name = 'TryDefectError';

  constructor(cause: unknown) {
    const { error, at } = describeDefect(cause);
    super([error, ...at.slice(0, 1)].join(' '));
  }
}

/** The limits of the thread, for tests. */
export interface TryLimits {
  readonly tryMs: number;
  readonly tryHeapMegabytes: number;
}

/**
 * The thread that translates what readers of the console paste, one text after the other. It is started by the first, ended by one that
 * takes too long, and ends without one for a while. Another configuration gets another thread.
 */
export class TryThread {
  readonly #config: () => Config;
  readonly #limits: TryLimits;
  #running: { readonly worker: Worker; readonly config: Config } | undefined;
  #idle: NodeJS.Timeout | undefined;
  #taken = 0;
  /** The end of the last text: each waits for the one before. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param config returns the configuration in use */
  constructor(config: () => Config, limits: TryLimits = fixedLimits) {
    this.#config = config;
    this.#limits = limits;
  }

  /** Take a place for a text. @returns the function that gives it back; undefined if all are taken */
  takePlace(): (() => void) | undefined {
    if (this.#taken >= fixedLimits.tryPlaces) return undefined;
    this.#taken += 1;
    return () => {
      this.#taken -= 1;
    };
  }

  /** Translate. @returns the bytes of the document @throws {TooMuchError | TryDefectError} */
  translate(wish: Uint8Array): Promise<Uint8Array> {
    const result = this.#last.then(() => this.#translate(wish));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** End the thread. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const { worker } = this.#running ?? {};
    this.#running = undefined;
    await worker?.terminate();
  }

  async #translate(wish: Uint8Array): Promise<Uint8Array> {
    clearTimeout(this.#idle);
    const worker = await this.#worker();
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    const fail = (): void => reject(new TooMuchError('The text takes too much time or memory.'));
    const failBy = (cause: unknown): void => (isOutOfMemory(cause) ? fail() : reject(new TryDefectError(cause)));
    const timer = setTimeout(fail, this.#limits.tryMs);
    worker.once('message', resolve).once('error', failBy).once('exit', fail);
    worker.postMessage(wish, []);
    try {
      return await promise;
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      clearTimeout(timer);
      worker.off('message', resolve).off('error', failBy).off('exit', fail);
      this.#idle = setTimeout(() => void this.close(), fixedLimits.idleThreadMs).unref();
    }
  }

  /** Return the thread of the configuration in use. */
  async #worker(): Promise<Worker> {
    const config = this.#config();
    if (this.#running !== undefined && this.#running.config !== config) await this.close();
    this.#running ??= { worker: this.#start(config), config };
    return this.#running.worker;
  }

  #start(config: Config): Worker {
    const resourceLimits = { maxOldGenerationSizeMb: this.#limits.tryHeapMegabytes };
    const worker = new Worker(entry, { workerData: config, env: {}, execArgv: [], resourceLimits });
    // The text that is being translated has a listener of its own.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.#running?.worker === worker) this.#running = undefined;
    });
    // A process that has nothing else to do may end.
    worker.unref();
    return worker;
  }
}

function isOutOfMemory(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
