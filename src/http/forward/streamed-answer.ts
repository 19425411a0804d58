import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Who is told of an answer's body; of its end or its failure once, and then of nothing more. */
export interface Taker {
  take(piece: Buffer): void;
  end(): void;
  /** It broke off. */
  fail(error: Error): void;
}

/** An answer of the cloud's whose head has come, whichever library it comes by. */
export interface ComingAnswer {
  readonly status: number;
  /** In latin1, as the headers are. */
  readonly reason: string;
  /** As node gives them: repeated ones joined, or the first of them. */
  readonly headers: IncomingHttpHeaders;
  /** Who is told of the body: asked for when the head is told, before anything else is awaited. */
  to(taker: Taker): void;
  /** Some pieces may still come. */
  pause(): void;
  resume(): void;
  /** Ends it where it has not ended, and the connection with it. Nothing more is told. */
  destroy(): void;
}

/** An answer that node's own client reads. */
export function comingFrom(message: IncomingMessage): ComingAnswer {
  let isOver = false;
  const finish = (tell: () => void): void => {
    if (isOver) return;
    isOver = true;
    tell();
  };
  return {
    status: message.statusCode ?? 502,
    reason: message.statusMessage ?? '',
    headers: message.headers,
    to: (taker) => {
      message
        .on('data', (piece: Buffer) => {
          if (!isOver) taker.take(piece);
        })
        .once('end', () => finish(() => taker.end()))
        .once('error', (error: Error) => finish(() => taker.fail(error)))
        .once('close', () => finish(() => taker.fail(new Error('the answer was closed'))));
    },
    pause: () => void message.pause(),
    resume: () => void message.resume(),
    destroy: () => {
      isOver = true;
      message.destroy();
    },
  };
}
