/** The length from which texts become a piece, in characters. */
const pieceLength = 16_384;

/**
 * The pieces of a document that is written in slices. They are kept as bytes: strings would be copied by several garbage
 * collections, and joined at the end. Short slices share a piece: a million pieces would be a million writes to the socket.
 */
export class DocumentPieces {
  readonly #pieces: Buffer[] = [];
  #pending = '';
  #isEmpty = true;

  /** True until a text has been added. */
  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  add(text: string): void {
    this.#isEmpty = false;
    this.#pending += text;
    if (this.#pending.length >= pieceLength) this.#seal();
  }

  /** Return all pieces with a start before them and an end behind them. */
  between(start: string, end: string): Buffer[] {
    this.#pending += end;
    this.#seal();
    return [Buffer.from(start), ...this.#pieces];
  }

  #seal(): void {
    this.#pieces.push(Buffer.from(this.#pending));
    this.#pending = '';
  }
}
