import type { IncomingHttpHeaders } from 'node:http';
import { Fault } from '../../fault.ts';
import { failureOf, isMiscounted, isRefusal } from '../cloud/failures.ts';
import { framingFields } from '../cloud/header-fields.ts';
import { noAnswer } from '../cloud/no-answer.ts';
import type { WholeRequest } from '../cloud/send-whole.ts';
import type { DispatchController, DispatchHandler, Pool } from '../cloud/undici.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { inNodesForm } from './node-headers.ts';
import { StreamedAnswer, type Source } from './streamed-answer.ts';

/**
 * Forwards requests whole, once, and streams their answers. Undefined where undici does not carry the request and nothing was
 * sent: as many are under way as there may be connections, or undici refuses it.
 * @throws {Fault} 503 where nothing was sent; 504 or 502 where no answer came and the cloud may have acted
 */
export type ForwardWhole = (
  exchange: Exchange,
  path: string,
  body: Buffer | null,
) => Promise<StreamedAnswer | undefined>;

/** Create the whole forwarding. @param connections the most requests that are under way, so that none waits for another */
export function createForwardWhole(pool: Pool, connections: number): ForwardWhole {
  let underWay = 0;
  const leave = (): void => {
    underWay -= 1;
  };
  return ({ request, end }, path, body) => {
    if (underWay >= connections) return Promise.resolve(undefined);
    underWay += 1;
    const { method, headers } = request;
    const whole: WholeRequest = { method, path, headers: headersFor(headers, method, body), body };
    const { promise, resolve, reject } = Promise.withResolvers<StreamedAnswer | undefined>();
    const handler = new ForwardHandler(resolve, reject, leave);
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

/** Turns the events of one request at undici into a StreamedAnswer. */
class ForwardHandler implements DispatchHandler, Source {
  readonly #resolve: (answer: StreamedAnswer | undefined) => void;
  readonly #reject: (error: unknown) => void;
  /** Called once, when undici is done with the request. */
  #leave: (() => void) | undefined;
  #controller: DispatchController | undefined;
  #answer: StreamedAnswer | undefined;
  /** The bytes of the body that have come. */
  #received = 0;
  #isAbandoned = false;

  constructor(
    resolve: (answer: StreamedAnswer | undefined) => void,
    reject: (error: unknown) => void,
    leave: () => void,
  ) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#leave = leave;
  }

  /** Called when a connection is open and the first byte is about to be written: from here on the cloud may act. */
  onRequestStart(controller: DispatchController): void {
    if (this.#isAbandoned) controller.abort(Fault.callerGone());
    else this.#controller = controller;
  }

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders, reason = ''): void {
    // Skip interim responses (1xx). A status below 100 is invalid: pass it on so that it is refused; undici would wait for
    // another one.
    if (status >= 100 && status < 200) return;
    this.#answer = new StreamedAnswer({ status, reason: inLatin1(reason), headers: inNodesForm(headers) }, this);
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

  /** End the request with its exchange: what has not been sent is not sent. */
  abandon(): void {
    if (this.#isAbandoned || this.#leave === undefined) return;
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
    this.#leave?.();
    this.#leave = undefined;
  }
}

/** A reason phrase as node reads it. undici decodes it as UTF-8; one that is not UTF-8 is lost, and left out. */
function inLatin1(reason: string): string {
  if (/^[\t\x20-\x7e]*$/.test(reason)) return reason;
  return reason.includes('\ufffd') ? '' : Buffer.from(reason).toString('latin1');
}
