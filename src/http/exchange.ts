import { Pool, type Dispatcher } from 'undici';
import { Fault } from '../fault.ts';
import type { Config } from '../settings.ts';
import type { CloudAnswer } from '../upstream/cloud-fault.ts';

/** A whole request to the cloud. */
export interface CloudRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer | null;
}

/** The road of whole messages to the cloud. */
export interface Exchange {
  /**
   * Sends a request once, and never again. The signal, the connect timeout and the answer timeout each end it.
   * @throws {Fault} 503 where nothing was sent; 504 where the cloud has not answered and 502 where it has answered badly,
   *   and may have acted
   */
  send(request: CloudRequest, signal: AbortSignal): Promise<CloudAnswer>;
  close(): Promise<void>;
}

const mayHaveActed = 'It may have acted on the request.';

/** What ended an exchange without an answer, as faults. */
const faults = {
  unreachable: (cause?: unknown) =>
    new Fault(503, 'The cloud cannot be reached. Nothing was sent to it.', { reason: 'cloud-unreachable', cause }),
  silent: (cause?: unknown) =>
    new Fault(504, `The cloud did not answer in time. ${mayHaveActed}`, { reason: 'cloud-timeout', cause }),
  gone: (cause?: unknown) =>
    new Fault(504, `The cloud closed the connection without an answer. ${mayHaveActed}`, {
      reason: 'cloud-gone',
      cause,
    }),
  broken: (cause?: unknown) =>
    new Fault(502, `The cloud's answer broke off or cannot be read. ${mayHaveActed}`, {
      reason: 'cloud-broke-off',
      cause,
    }),
  tooLarge: () => new Fault(502, `The cloud's answer is too large. ${mayHaveActed}`, { reason: 'cloud-too-large' }),
};

/** Opens the road; connections are made when they are needed. */
export function createExchange({
  url,
  connections,
  connectTimeoutMs,
  answerTimeoutMs,
  answerMaxBytes,
}: Config['upstream']): Exchange {
  const pool = new Pool(new URL(url).origin, {
    connections,
    pipelining: 1,
    allowH2: false,
    connect: { timeout: connectTimeoutMs },
    // One timer of our own bounds the whole answer, below.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    send: (request, signal) => send(pool, request, signal, { answerTimeoutMs, answerMaxBytes }),
    // Whoever waited for an answer has it or has gone.
    close: () => pool.destroy(),
  };
}

/** Whether something came that is no HTTP, too much of it, or an interim answer that undici does not take. */
function isBadAnswer(error: Error): boolean {
  return badAnswers.has(error.name) || /^bad (?:upgrade|response)$/.test(error.message);
}

const badAnswers: ReadonlySet<string> = new Set(['HTTPParserError', 'HeadersOverflowError']);

interface Limits {
  readonly answerTimeoutMs: number;
  readonly answerMaxBytes: number;
}

type Controller = { abort(reason: Error): void };

function send(pool: Pool, request: CloudRequest, signal: AbortSignal, limits: Limits): Promise<CloudAnswer> {
  return new Promise((resolve, reject) => {
    let controller: Controller | undefined;
    let head: Omit<CloudAnswer, 'body'> | undefined;
    let size = 0;
    let isSettled = false;
    const chunks: Buffer[] = [];

    const settle = (finish: () => void): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', abandon);
      finish();
    };
    const fail = (fault: Fault): void =>
      settle(() => {
        reject(fault);
        controller?.abort(fault);
      });
    const abandon = (): void => fail(Fault.callerGone());
    const timer = setTimeout(
      () => fail(controller === undefined ? faults.unreachable() : faults.silent()),
      limits.answerTimeoutMs,
    );
    signal.addEventListener('abort', abandon);
    if (signal.aborted) return abandon();

    const handler: Dispatcher.DispatchHandler = {
      // Called when a connection is there and the first byte is about to be written: from here on the cloud may act.
      onRequestStart: (started) => {
        if (isSettled) started.abort(Fault.callerGone());
        else controller = started;
      },
      onResponseStart: (_, status, headers) => {
        if (status >= 200) head = { status, headers };
      },
      onResponseData: (_, chunk) => {
        size += chunk.length;
        if (size > limits.answerMaxBytes) fail(faults.tooLarge());
        else chunks.push(chunk);
      },
      onResponseEnd: () => {
        const answer = head;
        if (answer === undefined) fail(faults.broken());
        else settle(() => resolve({ ...answer, body: Buffer.concat(chunks) }));
      },
      onResponseError: (_, error) => {
        if (controller === undefined) fail(faults.unreachable(error));
        else fail(head === undefined && !isBadAnswer(error) ? faults.gone(error) : faults.broken(error));
      },
    };
    try {
      pool.dispatch({ ...request }, handler);
    } catch (error) {
      settle(() => reject(error));
    }
    return undefined;
  });
}
