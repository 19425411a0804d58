import http from 'node:http';
import https from 'node:https';
import { TLSSocket } from 'node:tls';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { createProxyMiddleware, proxyEventsPlugin } from 'http-proxy-middleware';
import type { Fault } from '../fault.ts';
import type { Config } from '../settings.ts';
import type { CloudTls } from '../tls.ts';
import { endOf } from './deadline.ts';
import { cloudIdOf, dropHopByHop, via } from './headers.ts';
import { noAnswer } from './no-answer.ts';
import { passBack } from './pass-back.ts';
import type { ReadBody } from './read-body.ts';
import { keptBody } from './replay.ts';
import { traceOf } from './trace.ts';

/** A request that is under way. */
interface Journey {
  readonly response: Response;
  readonly next: NextFunction;
  /** Whether the cloud may have received something. */
  isSent: boolean;
  /** Whether the cloud was silent for too long. */
  isLate: boolean;
  /** Whether the head of an answer has come: from there on, what goes wrong with it is told where it is passed back. */
  isAnswered: boolean;
}

const key = Symbol('journey');

/** Kept with the request, as the trace is with the response. */
interface Journeying extends http.IncomingMessage {
  [key]?: Journey;
}

/**
 * The road of everything that is not translated: streamed to the cloud and back as it is, but for the hop-by-hop headers,
 * the Host, v1.1 in the path, which modern clouds call v2, a Location at the cloud, and faults, which are legacy faults in
 * the type of the reply here too. Nothing is sent twice.
 */
export function forward(config: Config, tls: CloudTls): RequestHandler {
  const { url, connectTimeoutMs, answerTimeoutMs } = config.upstream;
  const secure = url.startsWith('https:');
  const proxy = createProxyMiddleware({
    // Of a text the proxy makes a URL for every request.
    target: new URL(url),
    changeOrigin: true,
    agent: secure ? new https.Agent({ ...tls, keepAlive: true }) : new http.Agent({ keepAlive: true }),
    proxyTimeout: answerTimeoutMs,
    // The proxy would send a fault before it could be read, and break the caller off where the cloud breaks off.
    selfHandleResponse: true,
    // The default plugins answer errors in a form of their own, and print to stderr.
    ejectPlugins: true,
    plugins: [proxyEventsPlugin],
    on: {
      proxyReq: (outgoing, request) => begin(outgoing, request, connectTimeoutMs),
      proxyRes: (answer, request: Journeying) => {
        const journey = request[key];
        if (journey === undefined || journey.isAnswered || endOf(journey.response).aborted) {
          answer.destroy();
          return;
        }
        journey.isAnswered = true;
        const { response } = journey;
        trace(response, answer.statusCode, answer.headers);
        passBack(answer, response, config).catch((error: unknown) => {
          // Whatever ended it has answered.
          if (!endOf(response).aborted) journey.next(error);
        });
      },
      // With a listener, which there must be, the error comes here alone.
      error: (error, request: Journeying) => {
        const journey = request[key];
        if (journey === undefined || journey.isAnswered || endOf(journey.response).aborted) return;
        journey.next(explain(error, journey));
      },
    },
  });
  return async (request: Request & Journeying, response, next) => {
    traceOf(response).isForwarded = true;
    request.headers.via = via(request.headers);
    dropHopByHop(request.headers);
    // Node has taken the chunks apart, whatever else was named: to the cloud they go in one spelling.
    if (request.headers['transfer-encoding'] !== undefined) request.headers['transfer-encoding'] = 'chunked';
    const path = request.url;
    request.url = path.replace(/^\/+v1\.1(?=\/|$|\?)/, '/v2');
    request[key] = { response, next, isSent: false, isLate: false, isAnswered: false };
    await proxy(request, standIn(request, response), next);
  };
}

/** What the proxy takes for the caller's response: it hears of a hang-up by it, and can do nothing to the response itself. */
function standIn(request: Request, response: Response): Response {
  // The proxy asks of it no more than what node's own class has.
  const handed = new http.ServerResponse(request) as Response;
  endOf(response).addEventListener('abort', () => handed.emit('close'));
  return handed;
}

/** What the log tells of the cloud's answer; the time is until its head came. */
function trace(response: http.ServerResponse, status: number | undefined, headers: http.IncomingHttpHeaders): void {
  const known = traceOf(response);
  const id = cloudIdOf(headers);
  if (status !== undefined) known.cloudStatus = status;
  if (id !== undefined) known.cloudId = id;
  known.cloudMs = performance.now() - known.startedAt;
}

/** Called with the socket, before anything is written to it; it must not throw. */
function begin(outgoing: http.ClientRequest, request: Journeying, connectTimeoutMs: number): void {
  const { socket } = outgoing;
  const journey = request[key];
  if (journey === undefined) return;
  outgoing.once('timeout', () => (journey.isLate = true));
  // Nobody asked for another protocol. Without a listener node ends the connection and says nothing.
  outgoing.once('upgrade', (_, upgraded) => {
    upgraded.destroy();
    outgoing.emit('error', new Error('the cloud changed the protocol'));
  });
  if (socket?.connecting === true) {
    const timer = setTimeout(() => outgoing.destroy(new Error('connecting took too long')), connectTimeoutMs);
    const connected = (): void => {
      clearTimeout(timer);
      journey.isSent = true;
    };
    // With TLS nothing is said before the handshake is done.
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', connected);
    socket.once('close', () => clearTimeout(timer));
  } else journey.isSent = true;
  const kept = keptBody(request);
  if (kept !== undefined) writeKept(outgoing, kept);
}

/** What was read of the body goes first; what is left of it, the proxy pipes. */
function writeKept(outgoing: http.ClientRequest, { bytes, isWhole }: ReadBody): void {
  if (isWhole) {
    // Clouds read no chunked bodies, and the length is known by now.
    outgoing.removeHeader('transfer-encoding');
    outgoing.setHeader('content-length', bytes.length);
  }
  outgoing.write(bytes);
}

function explain(cause: unknown, { isSent, isLate }: Journey): Fault {
  if (!isSent) return noAnswer.unreachable(cause);
  if (isUnreadable(cause)) return noAnswer.broken(cause);
  return isLate ? noAnswer.silent(cause) : noAnswer.gone(cause);
}

/** Whether node's parser refused what the cloud sent. */
function isUnreadable(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('HPE_');
}
