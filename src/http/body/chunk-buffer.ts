/** From which size on a piece is kept as it came, in bytes; smaller ones are copied together, so much at a time. */
const block = 16_384;
const none = Buffer.alloc(0);

/**
 * The pieces of a body. A sole piece, as most bodies are, is not copied; of many small ones no more is held than their
 * bytes, and at most as much again: a buffer of one byte takes two hundred, of which no limit would know.
 */
export class Pieces {
  readonly #kept: Buffer[] = [];
  #open: Buffer = none;
  #used = 0;
  #size = 0;
  readonly #expected: number;
  readonly #whenCopied: (piece: Buffer) => void;
  #isGathered = false;

  /**
   * @param expected how many bytes there will be, where that is known: when half of them are there, the rest is copied behind
   *   them as it comes, while the processor's cache has it
   * @param whenCopied is told of each piece that has been copied and is not needed here any more
   */
  constructor(expected = 0, whenCopied: (piece: Buffer) => void = () => undefined) {
    this.#expected = expected;
    this.#whenCopied = whenCopied;
  }

  /** All bytes so far. */
  get size(): number {
    return this.#size;
  }

  add(piece: Buffer): void {
    const isFirst = this.#size === 0;
    this.#size += piece.length;
    if (!isFirst && this.#size <= this.#expected && this.#size * 2 >= this.#expected) this.#gather();
    if (isFirst || (piece.length >= block && !this.#isGathered)) {
      this.#seal(none);
      this.#kept.push(piece);
      return;
    }
    if (this.#used + piece.length > this.#open.length) {
      this.#seal(Buffer.allocUnsafeSlow(Math.max(piece.length, Math.min(block, this.#size))));
    }
    this.#copy(piece);
  }

  /** All of them as one. */
  whole(): Buffer {
    this.#seal(none);
    const [only] = this.#kept;
    return only !== undefined && this.#kept.length === 1 ? only : Buffer.concat(this.#kept);
  }

  /** What came until now, in a buffer for all. */
  #gather(): void {
    if (this.#isGathered) return;
    this.#isGathered = true;
    this.#seal(Buffer.allocUnsafeSlow(this.#expected));
    for (const piece of this.#kept.splice(0)) this.#copy(piece);
  }

  #copy(piece: Buffer): void {
    this.#used += piece.copy(this.#open, this.#used);
    this.#whenCopied(piece);
  }

  #seal(next: Buffer): void {
    if (this.#used > 0) this.#kept.push(this.#open.subarray(0, this.#used));
    this.#open = next;
    this.#used = 0;
  }
}
