import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { TLSSocket } from 'node:tls';
import type { Response } from 'express';
import { createProxyMiddleware, proxyEventsPlugin } from 'http-proxy-middleware';
import type { Config } from '../../config/settings.ts';
import type { CloudTls } from '../../config/tls-files.ts';
import type { Failure } from '../cloud/failures.ts';
import { noAnswer } from '../cloud/no-answer.ts';
import type { Exchange, ReceivedBody } from '../exchange/exchange.ts';
import { StreamedAnswer } from './streamed-answer.ts';

/**
 * Streams a request to the cloud, and its answer back.
 * @throws {Fault} 503 where nothing was sent; 504 or 502 where no answer came and the cloud may have acted
 */
export type ForwardStreamed = (exchange: Exchange, path: string) => Promise<StreamedAnswer>;

/** Create it on http-proxy-middleware, for bodies that are long, slow or in chunks, and for methods that undici frames otherwise. */
export function createForwardStreamed(
  { url, connectTimeoutMs, answerTimeoutMs }: Config['upstream'],
  tls: CloudTls,
): ForwardStreamed {
  const { origin, protocol } = new URL(url);
  const proxy = createProxyMiddleware({
    // As a URL: the proxy would parse a string anew for every request.
    target: new URL(origin),
    changeOrigin: true,
    agent: protocol === 'https:' ? new https.Agent({ ...tls, keepAlive: true }) : new http.Agent({ keepAlive: true }),
    proxyTimeout: answerTimeoutMs,
    // Otherwise the proxy would send a fault before it could be read, and break off the caller where the cloud breaks off.
    selfHandleResponse: true,
    // The default plugins answer errors with text and print to stderr.
    ejectPlugins: true,
    plugins: [proxyEventsPlugin],
    // `error` must have a listener, or the error would be thrown.
    on: {
      proxyReq: (outgoing, _, proxied) => proxiedOf(proxied)?.begin(outgoing, connectTimeoutMs),
      proxyRes: (answer, _, proxied) => proxiedOf(proxied)?.answered(answer),
      error: (error, _, proxied) => proxiedOf(proxied)?.failed(error),
    },
  });
  return (exchange, path) => {
    const { request, received, end } = exchange;
    // Node decodes every transfer coding; the cloud receives chunks under one name.
    if (request.headers['transfer-encoding'] !== undefined) request.headers['transfer-encoding'] = 'chunked';
    request.url = path;
    const { promise, resolve, reject } = Promise.withResolvers<StreamedAnswer>();
    const proxied = new ProxiedResponse(request, received, resolve, reject);
    end.addEventListener('abort', () => proxied.emit('close'));
    // The proxy needs no more of a response than node's class has.
    proxy(request, proxied as unknown as Response, reject).catch(reject);
    return promise;
  };
}

function proxiedOf(response: unknown): ProxiedResponse | undefined {
  return response instanceof ProxiedResponse ? response : undefined;
}

/**
 * Stands in for the caller's response at the proxy, which aborts the upstream request when it closes. The real response stays
 * out of its reach: the proxy would destroy it where the cloud breaks off, and no fault could be sent.
 */
class ProxiedResponse extends http.ServerResponse {
  readonly #received: ReceivedBody | undefined;
  readonly #resolve: (answer: StreamedAnswer) => void;
  readonly #reject: (error: unknown) => void;
  /** True as soon as the cloud may have received something. */
  #isSent = false;
  /** True where the cloud was silent for too long. */
  #isLate = false;

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
  }

  /** Called with a socket, before anything is written to it. It must not throw: nobody would catch it. */
  begin(outgoing: ClientRequest, connectTimeoutMs: number): void {
    outgoing.once('timeout', () => (this.#isLate = true));
    // Without a listener node would close the connection without an error.
    outgoing.once('upgrade', (_, upgraded) => {
      upgraded.destroy();
      outgoing.emit('error', new Error('the cloud switched protocols'));
    });
    this.#awaitConnection(outgoing, connectTimeoutMs);
    if (this.#received !== undefined) writeReceived(outgoing, this.#received);
  }

  answered(message: IncomingMessage): void {
    this.#resolve(streamedAnswer(message));
  }

  failed(error: Error): void {
    this.#reject(this.#isSent ? noAnswer[this.#failureOf(error)](error) : noAnswer.unreachable(error));
  }

  #awaitConnection(outgoing: ClientRequest, connectTimeoutMs: number): void {
    const { socket } = outgoing;
    if (socket?.connecting !== true) {
      this.#isSent = true;
      return;
    }
    const timer = setTimeout(() => outgoing.destroy(new Error('connecting took too long')), connectTimeoutMs);
    // With TLS nothing is sent before the handshake has ended.
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      this.#isSent = true;
    });
    socket.once('close', () => clearTimeout(timer));
  }

  /** Errors of node's HTTP parser have codes of their own. */
  #failureOf(error: Error): Failure {
    if ('code' in error && String(error.code).startsWith('HPE_')) return 'broken';
    return this.#isLate ? 'silent' : 'gone';
  }
}

/** Write what was read of the body already; the proxy pipes the rest behind it. */
function writeReceived(outgoing: ClientRequest, { bytes, isWhole }: ReceivedBody): void {
  if (isWhole) {
    // The length is known by now, and clouds read no chunked bodies.
    outgoing.removeHeader('transfer-encoding');
    outgoing.setHeader('content-length', bytes.length);
  }
  outgoing.write(bytes);
}

/** An answer that node's client reads. */
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
