import { createRequire } from 'node:module';
import type * as undici from 'undici';
import type { Dispatcher } from 'undici';
import { Fault } from '../../fault.ts';
import { smoothAnswerStarts } from './interim-responses.ts';
import type { Hold } from '../exchange/budget.ts';
import type { ExchangeEnd } from '../exchange/end.ts';
import { noAnswer } from './no-answer.ts';
import { Pieces } from '../body/chunk-buffer.ts';
import type { Operation } from '../../compute/operation.ts';
import type { Config } from '../../config/settings.ts';
import type { CloudTls } from '../../config/tls-files.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';

const load = createRequire(import.meta.url);
// Its index loads fetch, caches and WebSockets too: 13 MB, and 50 ms of processor at every start. The types are its own.
const Pool = load('undici/lib/dispatcher/pool.js') as typeof undici.Pool;
const buildConnector = load('undici/lib/core/connect.js') as typeof undici.buildConnector;
const errors = load('undici/lib/core/errors.js') as typeof undici.errors;

/** A whole request to the cloud. */
export interface CloudRequest {
  readonly method: Operation['method'];
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer | null;
}

/** A whole request that is passed on as it came. */
export type PassedRequest = Omit<CloudRequest, 'method'> & { readonly method: string };

/** The road of whole messages to the cloud. */
export interface Exchange {
  /**
   * Sends a request once, and never again. The signal, the connect timeout and the answer timeout each end it.
   * @throws {Fault} 503 where nothing was sent; 504 where the cloud has not answered and 502 where it has answered badly,
   *   and may have acted
   */
  send(request: CloudRequest, signal: ExchangeEnd, hold: Hold): Promise<CloudAnswer>;
  /**
   * Sends a request once, and never again, and tells of its answer as it comes. False where as many are under way as there
   * may be connections: then nothing is sent, and none waits for another.
   * @param handlerFor who is told; it must say once when undici is done with the request
   */
  pass(request: PassedRequest, handlerFor: (leave: () => void) => Dispatcher.DispatchHandler): boolean;
  close(): Promise<void>;
}

/** Opens the road; connections are made when they are needed. */
export function createExchange(
  { url, connections, connectTimeoutMs, answerTimeoutMs, answerMaxBytes }: Config['upstream'],
  tls: CloudTls,
): Exchange {
  const { origin } = new URL(url);
  // Timers of our own bound the answers, below.
  const ways = { pipelining: 1, allowH2: false, headersTimeout: 0, bodyTimeout: 0 };
  const pool = new Pool(origin, { ...ways, connections, connect: { ...tls, timeout: connectTimeoutMs } });
  const connect = buildConnector({ ...tls, allowH2: false, timeout: connectTimeoutMs });
  const passing = new Pool(origin, { ...ways, connect: watched(connect, answerTimeoutMs) });
  let underWay = 0;
  const leave = (): void => {
    underWay -= 1;
  };
  return {
    send: (request, signal, hold) => send(pool, request, signal, { answerTimeoutMs, answerMaxBytes, hold }),
    pass: (request, handlerFor) => {
      if (underWay >= connections) return false;
      underWay += 1;
      passing.dispatch(request, handlerFor(leave));
      return true;
    },
    // Whoever waited for an answer has it or has gone.
    close: async () => {
      await Promise.all([pool.destroy(), passing.destroy()]);
    },
  };
}

/** What ends a connection of a cloud that is silent for too long. */
const silence = 'the cloud was silent for too long';

/** Makes connections that end where nothing comes or goes on them for a while, as those of node's own client do. */
function watched(connect: undici.buildConnector.connector, silenceMs: number): undici.buildConnector.connector {
  return (options, callback) =>
    connect(options, (...made) => {
      const [error, socket] = made;
      if (error === null) {
        socket.setTimeout(silenceMs, () => socket.destroy(new errors.SocketError(silence)));
        smoothAnswerStarts(socket);
      }
      callback(...made);
    });
}

/** Whether undici has refused a request before anything was done with it. */
export function wasRefused(error: Error): boolean {
  return error instanceof errors.InvalidArgumentError || error instanceof errors.NotSupportedError;
}

/** Why no answer came to a request that was passed on. */
export function whyOf(error: Error): 'silent' | 'gone' | 'broken' {
  if (error.message === silence) return 'silent';
  const isBroken = badAnswers.has(error.name) || error.name === 'ResponseContentLengthMismatchError';
  return isBroken || error.message === 'bad response' ? 'broken' : 'gone';
}

/** Whether a body came whole, although undici says that it did not: of white space behind a length it makes more digits. */
export function isMiscounted(
  error: Error,
  { 'content-length': length }: CloudAnswer['headers'],
  come: number,
): boolean {
  return error.name === 'ResponseContentLengthMismatchError' && typeof length === 'string' && Number(length) === come;
}

/** Whether something came that is no HTTP, too much of it, or an interim answer that undici does not take. */
function isBadAnswer(error: Error): boolean {
  return badAnswers.has(error.name) || /^bad (?:upgrade|response)$/.test(error.message);
}

const badAnswers: ReadonlySet<string> = new Set(['HTTPParserError', 'HeadersOverflowError']);

interface Limits {
  readonly answerTimeoutMs: number;
  readonly answerMaxBytes: number;
  /** Takes the answer's bytes of what may be held. */
  readonly hold: Hold;
}

type Controller = { abort(reason: Error): void };

function send(pool: undici.Pool, request: CloudRequest, signal: ExchangeEnd, limits: Limits): Promise<CloudAnswer> {
  return new Promise((resolve, reject) => {
    let controller: Controller | undefined;
    let head: Omit<CloudAnswer, 'body'> | undefined;
    let isSettled = false;
    const pieces = new Pieces();

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
    const finish = (): void => {
      const answer = head;
      if (answer === undefined) fail(noAnswer.broken());
      else settle(() => resolve({ ...answer, body: pieces.whole() }));
    };
    const abandon = (): void => fail(Fault.callerGone());
    const timer = setTimeout(
      () => fail(controller === undefined ? noAnswer.unreachable() : noAnswer.silent()),
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
        if (pieces.size + chunk.length > limits.answerMaxBytes) return fail(noAnswer.tooLarge());
        try {
          limits.hold(chunk.length);
        } catch (error) {
          return fail(noAnswer.tooMany(error));
        }
        return pieces.add(chunk);
      },
      onResponseEnd: finish,
      onResponseError: (_, error) => {
        if (controller === undefined) fail(noAnswer.unreachable(error));
        else if (head !== undefined && isMiscounted(error, head.headers, pieces.size)) finish();
        else fail(head === undefined && !isBadAnswer(error) ? noAnswer.gone(error) : noAnswer.broken(error));
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
