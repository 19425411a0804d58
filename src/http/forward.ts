import http from 'node:http';
import https from 'node:https';
import { TLSSocket } from 'node:tls';
import type { NextFunction, RequestHandler } from 'express';
import { createProxyMiddleware, proxyEventsPlugin } from 'http-proxy-middleware';
import type { Fault } from '../fault.ts';
import type { Config } from '../settings.ts';
import { cloudIdOf, hopByHopNames, via } from './headers.ts';
import { noAnswer } from './no-answer.ts';
import type { ReadBody } from './read-body.ts';
import { keptBody } from './replay.ts';
import { traceOf } from './trace.ts';

/** The requests of which the cloud may have received something. */
const sent = new WeakSet<http.IncomingMessage>();
/** Those to which the cloud was silent for too long. */
const late = new WeakSet<http.IncomingMessage>();

/**
 * The road of everything that is not translated: streamed to the cloud and back as it is, but for the hop-by-hop headers,
 * the Host, and v1.1 in the path, which modern clouds call v2. Nothing is sent twice.
 */
export function forward({ url, connectTimeoutMs, answerTimeoutMs }: Config['upstream']): RequestHandler {
  const waiting = new WeakMap<http.IncomingMessage, NextFunction>();
  const secure = url.startsWith('https:');
  const proxy = createProxyMiddleware({
    target: url,
    changeOrigin: true,
    agent: secure ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true }),
    proxyTimeout: answerTimeoutMs,
    // The default plugins answer errors in a form of their own, and print to stderr.
    ejectPlugins: true,
    plugins: [proxyEventsPlugin],
    on: {
      proxyReq: (outgoing, request) => begin(outgoing, request, connectTimeoutMs),
      proxyRes: ({ headers, statusCode }, _, response) => {
        trace(response, statusCode, headers);
        for (const name of hopByHopNames(headers)) delete headers[name];
        // The proxy would keep every connection alive, whatever the caller or a drain has asked for.
        const isClosing = response.getHeader('connection') === 'close' || !response.shouldKeepAlive;
        headers.connection = isClosing ? 'close' : 'keep-alive';
      },
      // With a listener, which there must be, the error comes here alone.
      error: (error, request) => waiting.get(request)?.(explain(error, request)),
    },
  });
  return async (request, response, next) => {
    request.headers.via = via(request.headers);
    for (const name of hopByHopNames(request.headers)) delete request.headers[name];
    request.url = request.url.replace(/^\/+v1\.1(?=\/|$|\?)/, '/v2');
    waiting.set(request, next);
    await proxy(request, response, next);
  };
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
function begin(outgoing: http.ClientRequest, request: http.IncomingMessage, connectTimeoutMs: number): void {
  const { socket } = outgoing;
  outgoing.once('timeout', () => late.add(request));
  if (socket?.connecting === true) {
    const timer = setTimeout(() => outgoing.destroy(new Error('connecting took too long')), connectTimeoutMs);
    const connected = (): void => {
      clearTimeout(timer);
      sent.add(request);
    };
    // With TLS nothing is said before the handshake is done.
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', connected);
    socket.once('close', () => clearTimeout(timer));
  } else sent.add(request);
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

function explain(cause: unknown, request: http.IncomingMessage): Fault {
  if (!sent.has(request)) return noAnswer.unreachable(cause);
  if (isUnreadable(cause)) return noAnswer.broken(cause);
  return late.has(request) ? noAnswer.silent(cause) : noAnswer.gone(cause);
}

/** Whether node's parser refused what the cloud sent. */
function isUnreadable(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('HPE_');
}
