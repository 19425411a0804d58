import type { Socket } from 'node:net';

/** The longest piece, in bytes; nearly every header section is shorter. */
const longestPiece = 4096;
const headEnd = '\r\n\r\n';
const empty = Buffer.alloc(0);

/**
 * The pieces in which undici gets a long header section. Beyond its limit it creates an error for each further field of the
 * chunk that it parses: a chunk of 64 KiB full of short fields would hold the event loop for 250 ms. The bytes stay unchanged.
 */
export class HeadPieces {
  readonly #socket: Pick<Socket, 'destroyed'>;
  /** The rest of a header section that is too long for one piece, and what follows it. */
  #rest: Buffer = empty;
  #isInHead = false;
  /** The last characters that were handed over: the end of a header section may stand in two pieces. */
  #last = '';

  constructor(socket: Pick<Socket, 'destroyed'>) {
    this.#socket = socket;
  }

  /** Begin with a response. */
  begin(): void {
    this.#isInHead = true;
    this.#last = '';
  }

  /** True if something is left that was received before. */
  get hasRest(): boolean {
    return this.#rest.length > 0;
  }

  /** Return the next piece of what was left. */
  next(): Buffer | null {
    return this.handOver(this.#rest);
  }

  /** Return what was received, or its first piece if it may belong to a header section; null after an error of the parser. */
  handOver(received: Buffer): Buffer | null {
    this.#rest = empty;
    if (this.#socket.destroyed) return null;
    if (!this.#isInHead) return received;
    const text = this.#last + received.toString('latin1', 0, longestPiece);
    this.#isInHead = !text.includes(headEnd);
    this.#last = text.slice(1 - headEnd.length);
    if (!this.#isInHead) return received;
    this.#rest = received.subarray(longestPiece);
    return received.subarray(0, longestPiece);
  }
}
