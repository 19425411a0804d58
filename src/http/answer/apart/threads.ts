import { Worker } from 'node:worker_threads';
import { fixedLimits } from '../../../config/fixed-limits.ts';
import { noAnswer } from '../../cloud/no-answer.ts';
import { firstOutcome, type Outcome } from '../../exchange/first-outcome.ts';
import type { ExchangeEnd } from '../../exchange/end.ts';
import type { DocumentJob, JobMessage, ResultMessage, WrittenApart } from './job.ts';

/**
 * The function that reads a large document and writes it for the caller in a thread, so that the event loop is not held.
 * It resolves with undefined for a body that is not the expected document. The body is handed over: it is empty afterwards.
 * @throws {Fault} 502 for a document that needs too much time or memory, or if no thread may be started
 */
export type WriteApart = (job: DocumentJob, body: Buffer, end: ExchangeEnd) => Promise<WrittenApart | undefined>;

const { threadHeapMegabytes, threadMs, idleThreadMs } = fixedLimits;

/** The entry of a thread: TypeScript, or what the build made of it. */
const entry = new URL(`./thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/**
 * Create the function. A thread is started for the first large document, because it needs about 70 MB and 0.6 s, and kept for the next
 * until it is idle for too long. A thread whose exchange ends early is ended with it.
 * @param heapMegabytes the memory for the objects of a document
 */
export function createWriteApart(heapMegabytes: number = threadHeapMegabytes): WriteApart {
  let idle: Thread | undefined;
  const keep = (thread: Thread): void => {
    if (idle === undefined) thread.rest(() => (idle = undefined));
    else thread.end();
    idle ??= thread;
  };
  return (job, body, end) => {
    const bounds = { end, timeoutMs: threadMs, onTimeout: tooLarge };
    return firstOutcome<WrittenApart | undefined>(bounds, (outcome) => {
      const thread = idle?.isAlive === true ? idle : startThread(heapMegabytes);
      idle = undefined;
      let isDone = false;
      thread.run(job, body, {
        resolve: (written) => {
          isDone = true;
          outcome.resolve(written);
        },
        reject: outcome.reject,
      });
      return () => (isDone ? keep(thread) : thread.end());
    });
  };
}

function tooLarge({ reject }: Outcome<WrittenApart | undefined>): void {
  reject(noAnswer.tooLarge());
}

/** Start a thread. @throws {Fault} 502 if node may not start one: its permissions need --allow-worker */
function startThread(heapMegabytes: number): Thread {
  try {
    return new Thread(heapMegabytes);
  } catch {
    throw noAnswer.tooLarge();
  }
}

/** A thread, which does one job at a time. */
class Thread {
  readonly #worker: Worker;
  #outcome: Outcome<WrittenApart | undefined> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isAlive = true;

  constructor(heapMegabytes: number) {
    const resourceLimits = { maxOldGenerationSizeMb: heapMegabytes };
    this.#worker = new Worker(entry, { env: {}, execArgv: [], resourceLimits });
    this.#worker.on('message', ({ written }: ResultMessage) => this.#outcome?.resolve(written));
    // Node ends a thread that has no memory left, and the process goes on.
    this.#worker.on('error', (error) => this.#outcome?.reject(isTooLarge(error) ? noAnswer.tooLarge() : error));
    this.#worker.on('exit', () => {
      this.#isAlive = false;
      this.#outcome?.reject(noAnswer.tooLarge());
    });
    // A process that has nothing else to do may end. A listener added later would hold it again.
    this.#worker.unref();
  }

  /** False after the thread has ended by itself. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Do a job. */
  run(job: DocumentJob, body: Buffer, outcome: Outcome<WrittenApart | undefined>): void {
    clearTimeout(this.#timer);
    this.#outcome = outcome;
    const message: JobMessage = { job, body: ownBytes(body) };
    this.#worker.postMessage(message, [message.body.buffer]);
  }

  /** Wait for the next job, and end without one. */
  rest(onEnd: () => void): void {
    this.#outcome = undefined;
    this.#timer = setTimeout(() => {
      onEnd();
      this.end();
    }, idleThreadMs);
    this.#timer.unref();
  }

  /** End at once, in the middle of a job too. */
  end(): void {
    this.#outcome = undefined;
    void this.#worker.terminate();
  }
}

/** Return bytes that own their memory, which can be handed over. Copying 16 MB would hold the event loop for 50 ms. */
function ownBytes(body: Buffer): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = body;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength
    ? new Uint8Array(buffer)
    : new Uint8Array(body);
}

/** Check for the errors of a heap that is full, and of a text or buffer that is longer than V8's. */
function isTooLarge(error: unknown): boolean {
  const isHeapFull = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isHeapFull || error instanceof RangeError;
}
