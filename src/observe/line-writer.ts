import { fstatSync, writeSync } from 'node:fs';

/** Writes lines in batches, each line whole and in its order. It never waits for the reader but at the end. */
export interface LineWriter {
  /** Takes a line, without its end; it is written when a batch is full, or after `longestWaitMs`. */
  readonly add: (line: string) => void;
  /** Writes what is held, as far as the reader takes it now; the code of the error that stands in the way of the rest. */
  readonly write: () => string | undefined;
  /** The same at the end of the process: a slow reader is waited for, for at most `lastWaitMs`. */
  readonly finish: () => void;
}

/** What a pipe takes in one piece, whoever else writes to it (Linux's PIPE_BUF): only a line that is longer can be torn. */
const pipeBytes = 4096;
/** A file takes all of a batch in one piece, whatever its size; what a batch costs is the same. */
const fileBytes = 65_536;
/** The most that is held for a slow reader. */
const mostHeldBytes = 1024 * 1024;
/** How long a line waits for others. */
const longestWaitMs = 10;
/** How long a slow reader is left alone: with 64 KiB a time, as pipes hold, a fast one catches up with any gateway. */
const pauseMs = 2;
const lastWaitMs = 1000;

/**
 * A writer to a descriptor that refuses what it cannot take (EAGAIN), as do pipes and sockets that node has opened.
 * More than `mostHeldBytes` is not held: from there on lines are lost until all that is held has been written, and then
 * the line of `tellLost` says how many.
 */
export function createLineWriter(fd: number, tellLost: (count: number) => string): LineWriter {
  const batchBytes = batchFor(fd);
  /** Each is written in one go, unless the first is the rest of one. */
  const batches: Buffer[] = [];
  let [open, openBytes] = ['', 0];
  let heldBytes = 0;
  let lost = 0;
  let isStuck = false;
  let timer: NodeJS.Timeout | undefined;

  const seal = (): void => {
    if (open !== '') batches.push(Buffer.from(open));
    open = '';
    openBytes = 0;
  };
  const take = (line: string, bytes: number): void => {
    if (openBytes + bytes > batchBytes) seal();
    open += `${line}\n`;
    openBytes += bytes;
    heldBytes += bytes;
  };
  /** @throws what the system says where it takes no more */
  const writeHeld = (): void => {
    seal();
    for (let [batch] = batches; batch !== undefined; [batch] = batches) {
      const written = writeSync(fd, batch);
      heldBytes -= written;
      if (written < batch.length) batches[0] = batch.subarray(written);
      else batches.shift();
    }
  };
  const write = (): string | undefined => {
    try {
      writeHeld();
      if (lost > 0) {
        const line = tellLost(lost);
        lost = 0;
        take(line, sizeOf(line));
        writeHeld();
      }
      isStuck = false;
      return undefined;
    } catch (error) {
      isStuck = true;
      writeIn(pauseMs);
      return codeOf(error);
    }
  };
  const writeIn = (ms: number): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      write();
    }, ms).unref();
  };
  return {
    add: (line) => {
      const bytes = sizeOf(line);
      if (lost > 0 || heldBytes + bytes > mostHeldBytes) {
        lost += 1;
        // It is too long by itself, and nothing before it waits to be written.
        if (heldBytes === 0) writeIn(longestWaitMs);
        return;
      }
      if (openBytes + bytes > batchBytes && !isStuck) write();
      take(line, bytes);
      writeIn(longestWaitMs);
    },
    write,
    finish: () => {
      const deadline = performance.now() + lastWaitMs;
      while (write() === 'EAGAIN' && performance.now() < deadline) Atomics.wait(nobodys, 0, 0, pauseMs);
    },
  };
}

function batchFor(fd: number): number {
  return fstatSync(fd).isFile() ? fileBytes : pipeBytes;
}

/** What nobody wakes: waiting for it is a pause. */
const nobodys = new Int32Array(new SharedArrayBuffer(4));

function sizeOf(line: string): number {
  return Buffer.byteLength(line) + 1;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
