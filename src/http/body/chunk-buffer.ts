/** Chunks of at least this size are kept as they came; smaller ones are copied together into blocks of it, in bytes. */
const block = 16_384;
const empty = Buffer.alloc(0);

/**
 * The chunks of a body. A single chunk, as in most bodies, is not copied. Many small ones take at most twice their bytes: a
 * Buffer of one byte takes two hundred, of which no limit would know.
 */
export class ChunkBuffer {
  readonly #kept: Buffer[] = [];
  #open: Buffer = empty;
  #used = 0;
  #size = 0;
  readonly #expected: number;
  readonly #onCopied: (chunk: Buffer) => void;
  #isGathered = false;

  /**
   * @param expected the size of the body where it is known, else 0, in bytes. From its half on, chunks are copied behind
   *   each other as they come, while they are in the processor's cache
   * @param onCopied receives each chunk that has been copied and is not needed here any more
   */
  constructor(expected = 0, onCopied: (chunk: Buffer) => void = () => undefined) {
    this.#expected = expected;
    this.#onCopied = onCopied;
  }

  /** The size of all chunks so far, in bytes. */
  get size(): number {
    return this.#size;
  }

  add(chunk: Buffer): void {
    const isFirst = this.#size === 0;
    this.#size += chunk.length;
    if (!isFirst && this.#size <= this.#expected && this.#size * 2 >= this.#expected) this.#gather();
    if (isFirst || (chunk.length >= block && !this.#isGathered)) {
      this.#seal(empty);
      this.#kept.push(chunk);
      return;
    }
    if (this.#used + chunk.length > this.#open.length) {
      this.#seal(Buffer.allocUnsafeSlow(Math.max(chunk.length, Math.min(block, this.#size))));
    }
    this.#copy(chunk);
  }

  /** All chunks as one Buffer. */
  whole(): Buffer {
    this.#seal(empty);
    const [only] = this.#kept;
    return only !== undefined && this.#kept.length === 1 ? only : Buffer.concat(this.#kept);
  }

  /** Move the chunks so far into a Buffer that has room for the whole body. */
  #gather(): void {
    if (this.#isGathered) return;
    this.#isGathered = true;
    this.#seal(Buffer.allocUnsafeSlow(this.#expected));
    for (const chunk of this.#kept.splice(0)) this.#copy(chunk);
  }

  #copy(chunk: Buffer): void {
    this.#used += chunk.copy(this.#open, this.#used);
    this.#onCopied(chunk);
  }

  #seal(next: Buffer): void {
    if (this.#used > 0) this.#kept.push(this.#open.subarray(0, this.#used));
    this.#open = next;
    this.#used = 0;
  }
}
