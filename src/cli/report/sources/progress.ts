import type { CommandIo } from '../../command.ts';

/** The time between two drawings, in milliseconds: more often flickers. */
const drawMs = 100;
/** The time after which a bar is worth its while, in milliseconds. */
const quietMs = 300;
const barCells = 24;
const mega = 1_000_000;

/** The progress of reading files, drawn on stderr if it is a terminal. */
export class Progress {
  readonly #stderr: CommandIo['stderr'];
  readonly #now: () => number;
  readonly #total: number | undefined;
  readonly #startedAt: number;
  #read = 0;
  #drawnAt: number;
  #isDrawn = false;

  /** Start. @param total the size of all files in bytes; undefined for a stream, whose end is not known */
  constructor({ stderr, now }: Pick<CommandIo, 'stderr' | 'now'>, total: number | undefined) {
    this.#stderr = stderr;
    this.#now = now;
    this.#total = total;
    this.#startedAt = now();
    this.#drawnAt = this.#startedAt + quietMs - drawMs;
  }

  /** Add bytes that have been read. */
  add(bytes: number): void {
    this.#read += bytes;
    if (!this.#stderr.isTTY) return;
    const now = this.#now();
    if (now - this.#drawnAt < drawMs) return;
    this.#drawnAt = now;
    this.#isDrawn = true;
    this.#stderr.write(`\r\u001b[K${this.#text(now)}`);
  }

  /** Remove the bar, so that the report or a message begins at the beginning of a line. */
  end(): void {
    if (this.#isDrawn) this.#stderr.write('\r\u001b[K');
  }

  #text(now: number): string {
    const seconds = Math.max(now - this.#startedAt, 1) / 1000;
    const rate = this.#read / seconds;
    const speed = `${inMega(rate)} MB/s`;
    if (this.#total === undefined) return `${inMega(this.#read)} MB, ${speed}`;
    const part = Math.min(1, this.#read / Math.max(1, this.#total));
    const full = Math.round(part * barCells);
    const rest = Math.ceil((this.#total - this.#read) / Math.max(1, rate));
    const bar = '#'.repeat(full) + '.'.repeat(barCells - full);
    return `[${bar}] ${inMega(this.#read)} of ${inMega(this.#total)} MB, ${speed}, ${Math.max(0, rest)} s left`;
  }
}

function inMega(bytes: number): string {
  return (bytes / mega).toFixed(bytes < 10 * mega ? 1 : 0);
}
