import { StreamedAnswer, type AnswerHead, type Source } from './streamed-answer.ts';

/** The length of a piece, in bytes: as much as a socket delivers at once. */
const pieceBytes = 65_536;

/**
 * Deliver a body that is in memory as if it arrived from a socket: a piece in each turn of the event loop, while its receiver
 * does not pause. In one piece a body of 16 MB that is full of links would hold the event loop for 200 ms.
 */
export function pieceByPiece(head: AnswerHead, body: Buffer): StreamedAnswer {
  const source = new WholeBody(body);
  const answer = new StreamedAnswer(head, source);
  source.deliverTo(answer);
  return answer;
}

/** The source of a body that is in memory. */
class WholeBody implements Source {
  #rest: Buffer;
  #answer: StreamedAnswer | undefined;
  #isPaused = false;
  #next: NodeJS.Immediate | undefined;

  constructor(body: Buffer) {
    this.#rest = body;
  }

  /** Deliver the first piece at once, because a short body may be looked at before it has a receiver. */
  deliverTo(answer: StreamedAnswer): void {
    this.#answer = answer;
    this.#deliver();
  }

  start(): void {
    this.#schedule();
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#schedule();
  }

  destroy(): void {
    clearImmediate(this.#next);
    this.#answer = undefined;
    this.#rest = this.#rest.subarray(0, 0);
  }

  #schedule(): void {
    if (this.#isPaused) return;
    this.#next ??= setImmediate(() => {
      this.#next = undefined;
      if (this.#isPaused) return;
      this.#deliver();
      if (this.#rest.length > 0) this.#schedule();
    });
  }

  #deliver(): void {
    const piece = this.#rest.subarray(0, pieceBytes);
    this.#rest = this.#rest.subarray(pieceBytes);
    this.#answer?.chunk(piece);
    if (this.#rest.length === 0) this.#answer?.end();
  }
}
