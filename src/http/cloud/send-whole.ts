import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import type { ExchangeEnd } from '../exchange/end.ts';
import { firstOutcome, type Outcome } from '../exchange/first-outcome.ts';
import { Fault } from '../../fault.ts';
import { AnswerChunks, type AnswerMemory } from './answer-chunks.ts';
import type { CloudPool } from './connect/cloud-pool.ts';
import { UnansweredClose } from './connect/unanswered-close.ts';
import type { DispatchController, DispatchHandler } from './connect/undici.ts';
import { isMiscounted, isUnreadable } from './failures.ts';
import { noAnswer } from './no-answer.ts';

/** A request to the cloud with its whole body. */
export interface WholeRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer | null;
}

/** The limits of an answer that is read whole. */
export interface AnswerBounds extends AnswerMemory {
  readonly end: ExchangeEnd;
  readonly timeoutMs: number;
  /** Called when the header section of the answer has arrived. */
  readonly onStatus?: (status: number) => void;
}

/**
 * Send a request, and read its whole answer. Only a GET is sent again, once and on a new connection, and only if the cloud
 * closed an idle connection at the moment at which the GET was written to it (docs/decisions/0017-connections-to-the-cloud.md).
 * @throws {Fault} 503 if nothing was sent; 504 without an answer, 502 for an unreadable one: the cloud may have acted
 */
export function sendWhole(pool: CloudPool, request: WholeRequest, bounds: AnswerBounds): Promise<CloudAnswer> {
  const { end, timeoutMs } = bounds;
  let reader: AnswerReader | undefined;
  const onTimeout = ({ reject }: Outcome<CloudAnswer>): void =>
    reject(reader?.isSent === true ? noAnswer.timeout() : noAnswer.unreachable());
  return firstOutcome<CloudAnswer>({ end, timeoutMs, onTimeout }, (outcome) => {
    const sendAgain = request.method === 'GET' ? () => pool.dispatchAnew({ ...request }, reading) : undefined;
    const reading = new AnswerReader(bounds, outcome, sendAgain);
    reader = reading;
    pool.dispatch({ ...request }, reading);
    return () => reading.stop();
  });
}

/** The undici handler of one request; it collects the answer. */
class AnswerReader implements DispatchHandler {
  readonly #outcome: Outcome<CloudAnswer>;
  readonly #chunks: AnswerChunks;
  readonly #onStatus: AnswerBounds['onStatus'];
  #controller: DispatchController | undefined;
  #head: Omit<CloudAnswer, 'body'> | undefined;
  #isStopped = false;
  /** The function that sends the request once more; undefined after its call, and for a request that changes something. */
  #sendAgain: (() => void) | undefined;

  constructor(bounds: AnswerBounds, outcome: Outcome<CloudAnswer>, sendAgain: (() => void) | undefined) {
    this.#chunks = new AnswerChunks(bounds);
    this.#onStatus = bounds.onStatus;
    this.#outcome = outcome;
    this.#sendAgain = sendAgain;
  }

  /** True as soon as the cloud may have received part of the request. */
  get isSent(): boolean {
    return this.#controller !== undefined;
  }

  /** Abort the request if it has not ended. An error costs 14 µs for its stack: none is made otherwise. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#controller?.abort(Fault.callerGone());
  }

  /** Called when a connection is open, just before the first byte is written: from here on the cloud may act. */
  onRequestStart(controller: DispatchController): void {
    if (this.#isStopped) controller.abort(Fault.callerGone());
    else this.#controller = controller;
  }

  onResponseStart(_: unknown, status: number, headers: CloudAnswer['headers']): void {
    if (status < 200 || this.#isStopped) return;
    this.#head = { status, headers };
    this.#onStatus?.(status);
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    if (this.#isStopped) return;
    try {
      this.#chunks.add(chunk);
    } catch (error) {
      this.#outcome.reject(error);
    }
  }

  onResponseEnd(): void {
    this.#isStopped = true;
    const head = this.#head;
    if (head === undefined) this.#outcome.reject(noAnswer.broken());
    else this.#outcome.resolve({ ...head, body: this.#chunks.whole() });
  }

  onResponseError(_: unknown, error: Error): void {
    const sendAgain = this.#sendAgain;
    if (sendAgain !== undefined && !this.#isStopped && error instanceof UnansweredClose) {
      this.#sendAgain = undefined;
      return sendAgain();
    }
    const head = this.#head;
    if (!this.isSent) this.#outcome.reject(noAnswer.unreachable(error));
    else if (head !== undefined && isMiscounted(error, head.headers, this.#chunks.size)) this.onResponseEnd();
    else
      this.#outcome.reject(
        head === undefined && !isUnreadable(error) ? noAnswer.closed(error) : noAnswer.broken(error),
      );
  }
}
