import type { CloudPool } from '../../http/cloud/connect/cloud-pool.ts';
import type { DispatchController, DispatchHandler, DispatchOptions } from '../../http/cloud/connect/undici.ts';

/** A request that the gateway would have sent. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** An answer that a recording pool gives instead of the cloud. */
export interface GivenAnswer {
  readonly status: number;
  readonly body: string;
}

/** The error of a request that was recorded: it was not sent. */
class NotSent extends Error {
  override readonly name = 'NotSent';
}

/** The control of a request that is answered at once: there is nothing to pause, and nothing to abort. */
const noControl = { paused: false, aborted: false, reason: null, rawHeaders: null, rawTrailers: null } as const;

/**
 * The pool of connections of a gateway without a cloud. It keeps each request that it is given, opens no connection, and
 * fails the request as if the cloud could not be reached, unless it has an answer for it.
 */
export class RecordingPool implements CloudPool {
  readonly connected = 0;
  readonly recorded: RecordedRequest[] = [];
  readonly #answerTo: (request: RecordedRequest) => GivenAnswer | undefined;

  /** @param answerTo returns the answer to a request; undefined for none */
  constructor(answerTo: (request: RecordedRequest) => GivenAnswer | undefined) {
    this.#answerTo = answerTo;
  }

  dispatch(options: DispatchOptions, handler: DispatchHandler): void {
    const { method, path, headers, body } = options;
    const request: RecordedRequest = {
      method,
      path,
      // The clients of this gateway give header fields as an object, and bodies as a Buffer.
      headers: (headers ?? {}) as RecordedRequest['headers'],
      body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    };
    this.recorded.push(request);
    const answer = this.#answerTo(request);
    const control = createControl();
    if (answer === undefined) {
      handler.onResponseError?.(control, new NotSent());
      return;
    }
    handler.onRequestStart?.(control, {});
    handler.onResponseStart?.(control, answer.status, { 'content-type': 'application/json' }, '');
    handler.onResponseData?.(control, Buffer.from(answer.body));
    handler.onResponseEnd?.(control, {});
  }

  dispatchAnew(options: DispatchOptions, handler: DispatchHandler): void {
    this.dispatch(options, handler);
  }
}

function createControl(): DispatchController {
  return { ...noControl, pause: () => undefined, resume: () => undefined, abort: () => undefined };
}
