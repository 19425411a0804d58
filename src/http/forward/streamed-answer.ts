import type { IncomingHttpHeaders } from 'node:http';

/** Receives the body of an answer: its chunks, then its end or its failure, once. */
export interface Sink {
  chunk(chunk: Buffer): void;
  end(): void;
  /** The body broke off. */
  fail(error: Error): void;
}

/** Controls the source of a body. */
export interface Source {
  /** A few chunks may still come. */
  pause(): void;
  resume(): void;
  /** End the connection where the body has not ended. */
  destroy(): void;
}

/** The header section of an answer. */
export interface AnswerHead {
  readonly status: number;
  /** In latin1, as the header fields are. */
  readonly reason: string;
  /** In node's form: repeated fields joined, or the first of them. */
  readonly headers: IncomingHttpHeaders;
}

/**
 * An answer of the cloud whose header section has arrived, by whichever client. Its body waits until it is piped somewhere;
 * after its end, its failure or `destroy` nothing more is delivered.
 */
export class StreamedAnswer implements AnswerHead {
  readonly status: number;
  readonly reason: string;
  readonly headers: IncomingHttpHeaders;
  readonly #source: Source;
  #sink: Sink | undefined;
  /** Deliveries from before there was a sink: undici delivers the body in the same call as the header section. */
  #early: ((sink: Sink) => void)[] = [];
  #isOver = false;

  constructor({ status, reason, headers }: AnswerHead, source: Source) {
    this.status = status;
    this.reason = reason;
    this.headers = headers;
    this.#source = source;
  }

  /** Deliver the body to a sink. */
  pipe(sink: Sink): void {
    const early = this.#early;
    this.#early = [];
    this.#sink = sink;
    for (const deliver of early) deliver(sink);
  }

  pause(): void {
    this.#source.pause();
  }

  resume(): void {
    if (!this.#isOver) this.#source.resume();
  }

  /** Stop the delivery and ends the connection where the body has not ended. */
  destroy(): void {
    this.#early = [];
    if (this.#isOver) return;
    this.#isOver = true;
    this.#source.destroy();
  }

  /** Called by the source. */
  chunk(chunk: Buffer): void {
    if (!this.#isOver) this.#deliver((sink) => sink.chunk(chunk));
  }

  /** Called by the source. */
  end(): void {
    this.#finish((sink) => sink.end());
  }

  /** Called by the source. */
  fail(error: Error): void {
    this.#finish((sink) => sink.fail(error));
  }

  #finish(deliver: (sink: Sink) => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#deliver(deliver);
  }

  #deliver(deliver: (sink: Sink) => void): void {
    if (this.#sink === undefined) this.#early.push(deliver);
    else deliver(this.#sink);
  }
}
