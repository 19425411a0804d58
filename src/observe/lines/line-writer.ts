import { fstatSync } from 'node:fs';
import { fixedLimits } from '../../config/fixed-limits.ts';
import { LineBatches } from './line-batches.ts';
import { countLostLine } from './lost-lines.ts';

const { logPipeBatchBytes, logFileBatchBytes, logDelayMs, logRetryMs, logHeldBytes, logExitMs } = fixedLimits;

/**
 * The writer of lines to a non-blocking file descriptor, such as node's pipes and sockets, whose writes fail with EAGAIN if
 * they are full. Lines are written in order, whole and in batches. The writer never waits for the reader, except at the exit
 * of the process. For a slow reader at most `logHeldBytes` are held; later lines are dropped until everything held has been
 * written, and then a line reports their number.
 */
export class LineWriter {
  readonly #fd: number;
  readonly #lostLine: (count: number) => string;
  readonly #batches: LineBatches;
  #lostCount = 0;
  #isBlocked = false;
  #isWriteDue = false;

  /** Create a writer. @param lostLine makes the line that reports the number of dropped lines */
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
      countLostLine();
      // The line alone is too long. No write is due that would report it.
      if (this.#batches.heldBytes === 0) this.#writeAfter(logDelayMs);
      return;
    }
    if (!this.#batches.fitsOpen(bytes) && !this.#isBlocked) this.write();
    this.#batches.add(line, bytes);
    this.#writeAfter(logDelayMs);
  }

  /** Write the held lines, as far as the reader accepts them; the rest is retried after `logRetryMs`. */
  write(): void {
    try {
      this.#writeAll();
      this.#isBlocked = false;
    } catch {
      this.#isBlocked = true;
      this.#writeAfter(logRetryMs);
    }
  }

  /** Write the held lines before the process exits, and wait at most `logExitMs` for a slow reader. */
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

  /** Write the held lines and the number of dropped ones. @throws the error of the system if the reader is slow */
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

/** A value that never changes: Atomics.wait() on it pauses the thread. */
const unchanging = new Int32Array(new SharedArrayBuffer(4));

function sizeOf(line: string): number {
  return Buffer.byteLength(line) + 1;
}

/** Check that a write failed only because the pipe is full, and may succeed later. */
function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
