import { writeSync } from 'node:fs';

/** The lines that wait to be written, in batches of a given size. Each batch is passed to the operating system whole. */
export class LineBatches {
  readonly #batchBytes: number;
  /** The full batches. The first may be the rest of a batch that was written in part. */
  readonly #full: Buffer[] = [];
  #open = '';
  #openBytes = 0;
  #heldBytes = 0;

  constructor(batchBytes: number) {
    this.#batchBytes = batchBytes;
  }

  /** The number of bytes that wait to be written. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Check that a line of the given size fits into the open batch. */
  fitsOpen(bytes: number): boolean {
    return this.#openBytes + bytes <= this.#batchBytes;
  }

  /** Add a line. @param bytes its size with the line feed */
  add(line: string, bytes: number): void {
    if (!this.fitsOpen(bytes)) this.#closeOpen();
    this.#open += `${line}\n`;
    this.#openBytes += bytes;
    this.#heldBytes += bytes;
  }

  /** Write all lines to a file descriptor; the rest of a failed write stays. @throws the error of the system, such as EAGAIN */
  writeTo(fd: number): void {
    this.#closeOpen();
    for (let [batch] = this.#full; batch !== undefined; [batch] = this.#full) {
      const written = writeSync(fd, batch);
      this.#heldBytes -= written;
      if (written < batch.length) this.#full[0] = batch.subarray(written);
      else this.#full.shift();
    }
  }

  #closeOpen(): void {
    if (this.#open !== '') this.#full.push(Buffer.from(this.#open));
    this.#open = '';
    this.#openBytes = 0;
  }
}
