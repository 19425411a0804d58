import { writeSync } from 'node:fs';

/** Lines that wait to be written, in batches of a given size, each of which is offered to the operating system whole. */
export class LineBatches {
  readonly #batchBytes: number;
  /** The full batches; the first may be the rest of one that was written in part. */
  readonly #full: Buffer[] = [];
  #open = '';
  #openBytes = 0;
  #heldBytes = 0;

  constructor(batchBytes: number) {
    this.#batchBytes = batchBytes;
  }

  /** The bytes that wait to be written. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Tells whether a line of so many bytes still fits the open batch. */
  fitsOpen(bytes: number): boolean {
    return this.#openBytes + bytes <= this.#batchBytes;
  }

  /** Add a line of so many bytes, its line feed included. */
  add(line: string, bytes: number): void {
    if (!this.fitsOpen(bytes)) this.#closeOpen();
    this.#open += `${line}\n`;
    this.#openBytes += bytes;
    this.#heldBytes += bytes;
  }

  /** Write everything to a file descriptor; what was not written stays. @throws the error of the system, such as EAGAIN */
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
