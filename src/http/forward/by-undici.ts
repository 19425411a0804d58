import type { IncomingHttpHeaders } from 'node:http';
import { Fault } from '../../fault.ts';
import type { CloudPool } from '../cloud/connect/cloud-pool.ts';
import { UnansweredClose } from '../cloud/connect/unanswered-close.ts';
import type { DispatchController, DispatchHandler } from '../cloud/connect/undici.ts';
import { failureOf, isMiscounted, isRefusal } from '../cloud/failures.ts';
import { framingFields } from '../cloud/header-fields.ts';
import { noAnswer } from '../cloud/no-answer.ts';
import type { WholeRequest } from '../cloud/send-whole.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { toNodeHeaders } from './node-headers.ts';
import { StreamedAnswer, type Source } from './read/streamed-answer.ts';

/**
 * The function that forwards a request with its whole body, and streams the answer. Like sendWhole, it sends only a GET
 * again, once, after the close of an idle connection. It resolves with undefined, and sends nothing, if all connections are in
 * use or undici refuses the request.
 * @throws {Fault} 503 if nothing was sent; 504 or 502 without an answer, if the cloud may have acted
 */
export type ForwardWhole = (
  exchange: Exchange,
  path: string,
  body: Buffer | null,
) => Promise<StreamedAnswer | undefined>;

/** Create the forwarding by undici. @param connections the largest number of requests in flight, so that none has to wait */
export function createForwardWhole(pool: CloudPool, connections: number): ForwardWhole {
  let inFlight = 0;
  const release = (): void => {
    inFlight -= 1;
  };
  return ({ request, end }, path, body) => {
    if (inFlight >= connections) return Promise.resolve(undefined);
    inFlight += 1;
    const { method, headers } = request;
    const whole: WholeRequest = { method, path, headers: headersFor(headers, method, body), body };
    const { promise, resolve, reject } = Promise.withResolvers<StreamedAnswer | undefined>();
    const sendAgain = method === 'GET' ? () => pool.dispatchAnew({ ...whole }, handler) : undefined;
    const handler = new ForwardHandler({ resolve, reject, release, sendAgain });
    end.addEventListener('abort', () => handler.abandon());
    pool.dispatch({ ...whole }, handler);
    return promise;
  };
}

/** Copy the caller's header fields; undici writes Host and the framing itself. */
function headersFor(
  given: IncomingHttpHeaders,
  method: string,
  body: Buffer | null,
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const name in given) {
    const value = given[name];
    if (value !== undefined && name !== 'host' && !framingFields.has(name)) headers[name] = value;
  }
  if (method !== 'GET') headers['content-length'] = String(body?.length ?? 0);
  return headers;
}

/** The functions that a request calls: with its answer or its fault, at its end, and to be sent once more. */
interface ForwardEvents {
  readonly resolve: (answer: StreamedAnswer | undefined) => void;
  readonly reject: (error: unknown) => void;
  readonly release: () => void;
  /** Undefined for a request that changes something. */
  readonly sendAgain: (() => void) | undefined;
}

/** The undici handler of one request; it converts the events to a StreamedAnswer. */
class ForwardHandler implements DispatchHandler, Source {
  readonly #resolve: ForwardEvents['resolve'];
  readonly #reject: ForwardEvents['reject'];
  /** The function that sends the request once more; undefined after its call. */
  #sendAgain: ForwardEvents['sendAgain'];
  /** The function that frees the place of the request; undefined after its call. */
  #release: (() => void) | undefined;
  #controller: DispatchController | undefined;
  #answer: StreamedAnswer | undefined;
  /** The size of the body that has arrived, in bytes. */
  #received = 0;
  #isAbandoned = false;

  constructor({ resolve, reject, release, sendAgain }: ForwardEvents) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#release = release;
    this.#sendAgain = sendAgain;
  }

  /** Called when a connection is open, just before the first byte is written: from here on the cloud may act. */
  onRequestStart(controller: DispatchController): void {
    if (this.#isAbandoned) controller.abort(Fault.callerGone());
    else this.#controller = controller;
  }

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders, reason = ''): void {
    // Skip interim responses (1xx). A status below 100 is invalid: pass it on so that it is refused; undici would wait for
    // another.
    if (status >= 100 && status < 200) return;
    this.#answer = new StreamedAnswer({ status, reason: toLatin1(reason), headers: toNodeHeaders(headers) }, this);
    this.#resolve(this.#answer);
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#received += chunk.length;
    this.#answer?.chunk(chunk);
  }

  onResponseEnd(): void {
    this.#finish();
    this.#answer?.end();
  }

  onResponseError(_: unknown, error: Error): void {
    const sendAgain = this.#sendAgain;
    if (sendAgain !== undefined && !this.#isAbandoned && error instanceof UnansweredClose) {
      this.#sendAgain = undefined;
      return sendAgain();
    }
    this.#finish();
    const answer = this.#answer;
    if (answer === undefined) this.#refuse(error);
    else if (isMiscounted(error, answer.headers, this.#received)) answer.end();
    else answer.fail(error);
  }

  pause(): void {
    this.#controller?.pause();
  }

  resume(): void {
    this.#controller?.resume();
  }

  destroy(): void {
    this.#controller?.abort(Fault.callerGone());
  }

  /** End the request with its exchange. A request that has not been sent yet is never sent. */
  abandon(): void {
    if (this.#isAbandoned || this.#release === undefined) return;
    this.#isAbandoned = true;
    const gone = Fault.callerGone();
    this.#reject(gone);
    this.#answer?.fail(gone);
    this.#controller?.abort(gone);
  }

  #refuse(error: Error): void {
    if (this.#controller !== undefined) this.#reject(noAnswer[failureOf(error)](error));
    else if (isRefusal(error)) this.#resolve(undefined);
    else this.#reject(noAnswer.unreachable(error));
  }

  #finish(): void {
    this.#release?.();
    this.#release = undefined;
  }
}

/** Convert a reason phrase to node's form, latin1. undici decodes it as UTF-8; a phrase that is not UTF-8 is lost, and becomes ''. */
function toLatin1(reason: string): string {
  if (/^[\t\x20-\x7e]*$/.test(reason)) return reason;
  return reason.includes('\ufffd') ? '' : Buffer.from(reason).toString('latin1');
}
