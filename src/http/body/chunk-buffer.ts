/** The size of a block, in bytes. Chunks of at least this size are kept as received; smaller ones are copied into blocks. */
const block = 16_384;
const empty = Buffer.alloc(0);

/**
 * The chunks of a body. A single chunk, as in most bodies, is not copied. Many small ones use at most twice their bytes of
 * memory: each Buffer has an overhead of about 200 bytes, which no limit counts.
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
   * @param expected the size of the body in bytes, 0 if unknown. After half of it has arrived, chunks are copied into one
   *   Buffer as they arrive, while they are in the processor's cache
   * @param onCopied called with each chunk that has been copied and is no longer needed
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

  /** Join all chunks to one Buffer. */
  whole(): Buffer {
    this.#seal(empty);
    const [only] = this.#kept;
    return only !== undefined && this.#kept.length === 1 ? only : Buffer.concat(this.#kept);
  }

  /** Move the chunks so far into a Buffer of the size of the whole body. */
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
