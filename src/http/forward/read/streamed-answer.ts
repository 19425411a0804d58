import type { IncomingHttpHeaders } from 'node:http';

/** The receiver of a body: first its chunks, then once its end or its failure. */
export interface Sink {
  chunk(chunk: Buffer): void;
  end(): void;
  /** Called if the body breaks off. */
  fail(error: Error): void;
}

/** The control of the source of a body. */
export interface Source {
  /** Called when the body has a receiver, by a source that waits for one. */
  start?(): void;
  /** Stop reading; a few chunks may still arrive. */
  pause(): void;
  resume(): void;
  /** Close the connection if the body has not ended. */
  destroy(): void;
}

/** The header section of an answer. */
export interface AnswerHead {
  readonly status: number;
  /** The reason phrase, in latin1 like the header fields. */
  readonly reason: string;
  /** The header fields in node's form: of repeated fields all are joined, or the first is kept. */
  readonly headers: IncomingHttpHeaders;
}

/**
 * An answer of the cloud whose header section has arrived, from undici or from node's client. Its body is kept until it is
 * piped. After its end, its failure or `destroy` nothing is delivered.
 */
export class StreamedAnswer implements AnswerHead {
  readonly status: number;
  readonly reason: string;
  readonly headers: IncomingHttpHeaders;
  readonly #source: Source;
  #sink: Sink | undefined;
  /** The deliveries before `pipe`: undici may deliver the body in the same call as the header section. */
  #early: ((sink: Sink) => void)[] = [];
  #isOver = false;
  #peek: Peek | undefined;

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
    if (!this.#isOver) this.#source.start?.();
  }

  /**
   * Wait for the whole of a short body, which `pipe` will deliver nevertheless.
   * @param mayBe checks the beginning of the body; the wait ends as soon as it returns false
   * @returns the body; undefined if it broke off, or if `mayBe` refused it
   */
  peek(mayBe: (beginning: Buffer) => boolean): Promise<Buffer | undefined> {
    return new Promise((resolve) => {
      const peek = new Peek(mayBe, resolve);
      for (const deliver of this.#early) deliver(peek);
      this.#peek = peek;
    });
  }

  pause(): void {
    this.#source.pause();
  }

  resume(): void {
    if (!this.#isOver) this.#source.resume();
  }

  /** Stop the delivery, and close the connection if the body has not ended. */
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
    if (this.#sink !== undefined) deliver(this.#sink);
    else {
      this.#early.push(deliver);
      if (this.#peek !== undefined) deliver(this.#peek);
    }
  }
}

/** The sink of a peek at a body. */
class Peek implements Sink {
  readonly #mayBe: (beginning: Buffer) => boolean;
  readonly #resolve: (body: Buffer | undefined) => void;
  #seen = Buffer.alloc(0);
  #isOver = false;

  constructor(mayBe: (beginning: Buffer) => boolean, resolve: (body: Buffer | undefined) => void) {
    this.#mayBe = mayBe;
    this.#resolve = resolve;
  }

  chunk(chunk: Buffer): void {
    if (this.#isOver) return;
    this.#seen = Buffer.concat([this.#seen, chunk]);
    if (!this.#mayBe(this.#seen)) this.#settle(undefined);
  }

  end(): void {
    this.#settle(this.#seen);
  }

  fail(): void {
    this.#settle(undefined);
  }

  #settle(body: Buffer | undefined): void {
    this.#isOver = true;
    this.#resolve(body);
  }
}
