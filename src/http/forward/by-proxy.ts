import type { EventEmitter } from 'node:events';
import { ServerResponse, type Agent, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Response } from 'express';
import { createProxyMiddleware, proxyEventsPlugin } from 'http-proxy-middleware';
import type { Config } from '../../config/settings.ts';
import { Fault } from '../../fault.ts';
import type { Connections, ProxyForm } from '../cloud/connect/connections.ts';
import { isClose, UnansweredClose } from '../cloud/connect/unanswered-close.ts';
import type { Failure } from '../cloud/failures.ts';
import { noAnswer } from '../cloud/no-answer.ts';
import type { Exchange, ReceivedBody } from '../exchange/exchange.ts';
import { StreamedAnswer } from './read/streamed-answer.ts';

/**
 * The function that streams a request to the cloud, and its answer back. A GET or HEAD without a body is sent again, once,
 * after the close of an idle connection.
 * @throws {Fault} 503 if nothing was sent; 504 or 502 without an answer, if the cloud may have acted
 */
export type ForwardStreamed = (exchange: Exchange, path: string) => Promise<StreamedAnswer>;

/** Create the streaming by http-proxy-middleware: for bodies that are long, slow or chunked, and for methods that undici frames differently. */
export function createForwardStreamed(
  { url, answerTimeoutMs }: Config['upstream'],
  { streamed, proxyForm }: Pick<Connections, 'streamed' | 'proxyForm'>,
): ForwardStreamed {
  // The target is a URL, because the proxy would parse a string for every request.
  const target = new URL(new URL(url).origin);
  const proxyOn = (agent: Agent) =>
    createProxyMiddleware({
      target,
      changeOrigin: true,
      agent,
      proxyTimeout: answerTimeoutMs,
      // Otherwise the proxy would send the cloud's faults unread, and would destroy the caller's response if the cloud breaks off.
      selfHandleResponse: true,
      // The default plugins answer errors with text and print to stderr.
      ejectPlugins: true,
      plugins: [proxyEventsPlugin],
      // `error` must have a listener, or the error would be thrown.
      on: {
        proxyReq: (outgoing, _, proxied) => proxiedOf(proxied)?.onRequest(outgoing, proxyForm),
        proxyRes: (answer, _, proxied) => proxiedOf(proxied)?.onResponse(answer),
        error: (error, _, proxied) => proxiedOf(proxied)?.onError(error),
      },
    });
  const [onKept, onSingle] = [proxyOn(streamed.kept), proxyOn(streamed.single)];
  return (exchange, path) => {
    const { request, end } = exchange;
    // Node has decoded the transfer coding, so the proxy must send plain chunks.
    if (request.headers['transfer-encoding'] !== undefined) request.headers['transfer-encoding'] = 'chunked';
    request.url = path;
    if (!isRepeatable(exchange)) return sendBy(onKept, exchange);
    return sendBy(onKept, exchange).catch((error: unknown) => {
      if (error instanceof Fault && error.cause instanceof UnansweredClose && !end.aborted)
        return sendBy(onSingle, exchange);
      throw error;
    });
  };
}

/** Send a request by a proxy of http-proxy-middleware. */
function sendBy(
  proxy: ReturnType<typeof createProxyMiddleware>,
  { request, received, end }: Exchange,
): Promise<StreamedAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<StreamedAnswer>();
  const proxied = new ProxiedResponse(request, received, resolve, reject);
  end.addEventListener('abort', () => proxied.emit('close'));
  // The proxy uses only members of node's own ServerResponse.
  proxy(request, proxied as unknown as Response, reject)
    .catch(reject)
    .finally(() => forgetProxy(request));
  return promise;
}

/**
 * Remove the listener that each proxy adds to the server at the end of its first request. It closes a server of the proxy's own,
 * which is not used here, and would keep the proxies of former configurations, with their connections, as long as the port.
 */
function forgetProxy({ socket }: IncomingMessage): void {
  // Node adds the server to the sockets of its requests; its types lack it.
  const { server } = socket as { readonly server?: EventEmitter };
  for (const listener of server?.rawListeners('close') ?? []) {
    // server.close() adds one that is called once, and has this member.
    if (!('listener' in listener)) server?.off('close', listener as () => void);
  }
}

/** Check that a request changes nothing and has no body, so that it may be sent again (RFC 9110, 9.2.2). */
function isRepeatable({ request: { method, headers }, received }: Exchange): boolean {
  const hasBody = received !== undefined || headers['transfer-encoding'] !== undefined;
  return (method === 'GET' || method === 'HEAD') && !hasBody && Number(headers['content-length'] ?? 0) === 0;
}

function proxiedOf(response: unknown): ProxiedResponse | undefined {
  return response instanceof ProxiedResponse ? response : undefined;
}

/**
 * The response that the proxy gets instead of the caller's. The proxy aborts the upstream request when this response closes.
 * It would destroy the caller's response if the cloud breaks off, and no fault could be sent.
 */
class ProxiedResponse extends ServerResponse {
  readonly #received: ReceivedBody | undefined;
  readonly #resolve: (answer: StreamedAnswer) => void;
  readonly #reject: (error: unknown) => void;
  /** True as soon as the cloud may have received part of the request. */
  #isSent = false;
  /** True after the connection to the cloud was idle for too long. */
  #isTimedOut = false;
  /** True after the end of the exchange. */
  #isEnded = false;
  /** True while a connection that served another request before has brought no byte of this answer. */
  #isUnanswered = false;

  constructor(
    request: IncomingMessage,
    received: ReceivedBody | undefined,
    resolve: (answer: StreamedAnswer) => void,
    reject: (error: unknown) => void,
  ) {
    super(request);
    this.#received = received;
    this.#resolve = resolve;
    this.#reject = reject;
    this.once('close', () => (this.#isEnded = true));
  }

  /**
   * Called with a socket that is connected, before anything is written to it. It must not throw, because the error would not
   * be caught.
   */
  onRequest(outgoing: ClientRequest, form: ProxyForm | undefined): void {
    if (this.#isEnded) {
      // The proxy did not listen yet when the exchange ended.
      outgoing.destroy(new Error('the exchange has ended'));
      return;
    }
    this.#isSent = true;
    outgoing.once('timeout', () => (this.#isTimedOut = true));
    // Without this listener node would close the connection without an error.
    outgoing.once('upgrade', (_, upgraded) => {
      upgraded.destroy();
      outgoing.emit('error', new Error('the cloud switched protocols'));
    });
    if (outgoing.reusedSocket) {
      this.#isUnanswered = true;
      outgoing.socket?.once('data', () => (this.#isUnanswered = false));
    }
    if (form !== undefined) {
      outgoing.path = form.origin + outgoing.path;
      for (const [name, value] of Object.entries(form.headers)) outgoing.setHeader(name, value);
    }
    if (this.#received !== undefined) writeReceived(outgoing, this.#received);
  }

  onResponse(message: IncomingMessage): void {
    this.#resolve(streamedAnswer(message));
  }

  onError(error: Error): void {
    if (!this.#isSent) return this.#reject(noAnswer.unreachable(error));
    const cause = this.#isUnanswered && isClose(error) ? new UnansweredClose(error) : error;
    this.#reject(noAnswer[this.#failureOf(error)](cause));
  }

  /** Classify an error. Errors of node's HTTP parser have a code that begins with HPE_. */
  #failureOf(error: Error): Failure {
    if ('code' in error && String(error.code).startsWith('HPE_')) return 'broken';
    return this.#isTimedOut ? 'timeout' : 'closed';
  }
}

/** Write the part of the body that was read before; the proxy pipes the rest after it. */
function writeReceived(outgoing: ClientRequest, { bytes, isWhole }: ReceivedBody): void {
  if (isWhole) {
    // The length is known by now, and Nova does not read chunked bodies.
    outgoing.removeHeader('transfer-encoding');
    outgoing.setHeader('content-length', bytes.length);
  }
  outgoing.write(bytes);
}

/** Convert a response of node's client to a StreamedAnswer. */
export function streamedAnswer(message: IncomingMessage): StreamedAnswer {
  const head = { status: message.statusCode ?? 502, reason: message.statusMessage ?? '', headers: message.headers };
  const answer = new StreamedAnswer(head, {
    pause: () => void message.pause(),
    resume: () => void message.resume(),
    destroy: () => void message.destroy(),
  });
  message
    .on('data', (chunk: Buffer) => answer.chunk(chunk))
    .once('end', () => answer.end())
    .once('error', (error: Error) => answer.fail(error))
    .once('close', () => answer.fail(new Error('the answer was closed')));
  return answer;
}
