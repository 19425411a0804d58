import { fstatSync } from 'node:fs';
import { fixedLimits } from '../config/fixed-limits.ts';
import { LineBatches } from './line-batches.ts';

const { logPipeBatchBytes, logFileBatchBytes, logDelayMs, logRetryMs, logHeldBytes, logExitMs } = fixedLimits;

/**
 * Writes lines in batches, in order and each whole, to a file descriptor that refuses what it cannot accept (EAGAIN), as
 * pipes and sockets of node do. It never waits for the reader, except at the exit of the process. While the reader is slow,
 * at most `logHeldBytes` are held; later lines are lost until everything held is written, and then a line says how many.
 */
export class LineWriter {
  readonly #fd: number;
  readonly #lostLine: (count: number) => string;
  readonly #batches: LineBatches;
  #lostCount = 0;
  #isBlocked = false;
  #isWriteDue = false;

  /** @param lostLine makes the line that says how many lines were lost */
  constructor(fd: number, lostLine: (count: number) => string) {
    this.#fd = fd;
    this.#lostLine = lostLine;
    this.#batches = new LineBatches(fstatSync(fd).isFile() ? logFileBatchBytes : logPipeBatchBytes);
  }

  /** Add a line, without its line feed. It is written when its batch is full, or after `logDelayMs`. */
  add(line: string): void {
    const bytes = sizeOf(line);
    if (this.#lostCount > 0 || this.#batches.heldBytes + bytes > logHeldBytes) {
      this.#lostCount += 1;
      // A line that is too long by itself: no write is due that would report it as lost.
      if (this.#batches.heldBytes === 0) this.#writeAfter(logDelayMs);
      return;
    }
    if (!this.#batches.fitsOpen(bytes) && !this.#isBlocked) this.write();
    this.#batches.add(line, bytes);
    this.#writeAfter(logDelayMs);
  }

  /** Write what is held, as far as the reader accepts it; the rest is retried after `logRetryMs`. */
  write(): void {
    try {
      this.#writeAll();
      this.#isBlocked = false;
    } catch {
      this.#isBlocked = true;
      this.#writeAfter(logRetryMs);
    }
  }

  /** Write what is held before the process exits, and waits at most `logExitMs` for a slow reader. */
  finish(): void {
    const deadline = performance.now() + logExitMs;
    for (;;) {
      try {
        return this.#writeAll();
      } catch (error) {
        if (!isFull(error) || performance.now() >= deadline) return undefined;
        Atomics.wait(unchanging, 0, 0, logRetryMs);
      }
    }
  }

  /** @throws the error of the system if the reader does not accept everything */
  #writeAll(): void {
    this.#batches.writeTo(this.#fd);
    if (this.#lostCount === 0) return;
    const line = this.#lostLine(this.#lostCount);
    this.#lostCount = 0;
    this.#batches.add(line, sizeOf(line));
    this.#batches.writeTo(this.#fd);
  }

  #writeAfter(ms: number): void {
    if (this.#isWriteDue) return;
    this.#isWriteDue = true;
    setTimeout(() => {
      this.#isWriteDue = false;
      this.write();
    }, ms).unref();
  }
}

/** A value that nobody changes: waiting for a change of it pauses the thread. */
const unchanging = new Int32Array(new SharedArrayBuffer(4));

function sizeOf(line: string): number {
  return Buffer.byteLength(line) + 1;
}

/** Tells whether a write failed only because the pipe is full, and may succeed later. */
function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
