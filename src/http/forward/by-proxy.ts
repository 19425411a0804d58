import http from 'node:http';
import https from 'node:https';
import { TLSSocket } from 'node:tls';
import type { Request, Response } from 'express';
import { createProxyMiddleware, proxyEventsPlugin } from 'http-proxy-middleware';
import type { Config } from '../../config/settings.ts';
import type { CloudTls } from '../../config/tls-files.ts';
import { comingFrom } from './streamed-answer.ts';
import { endOf } from '../exchange/deadline.ts';
import { arrived, failed, type Journey } from './journey.ts';
import type { ReadBody } from '../body/read-body.ts';
import { keptBody } from '../body/kept-body.ts';

const key = Symbol('journey');

/** Kept with the request, as the trace is with the response. */
interface Journeying extends http.IncomingMessage {
  [key]?: Journey;
  /** Whether the cloud was silent for too long. */
  isLate?: true;
}

/** Passes a request on as it comes, and its answer back. */
export type PassStreamed = (request: Request, journey: Journey) => Promise<void>;

/** The way of what may be long, or is odd: http-proxy-middleware streams it both ways. */
export function createPassStreamed(config: Config, tls: CloudTls): PassStreamed {
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
        if (journey === undefined) answer.destroy();
        else arrived(comingFrom(answer), journey, config);
      },
      // With a listener, which there must be, the error comes here alone.
      error: (error, request: Journeying) => {
        const journey = request[key];
        if (journey !== undefined) failed(journey, whyOf(error, request), error);
      },
    },
  });
  return async (request: Request & Journeying, journey) => {
    // Node has taken the chunks apart, whatever else was named: to the cloud they go in one spelling.
    if (request.headers['transfer-encoding'] !== undefined) request.headers['transfer-encoding'] = 'chunked';
    request[key] = journey;
    await proxy(request, standIn(request, journey.response), journey.next);
  };
}

/** What the proxy takes for the caller's response: it hears of a hang-up by it, and can do nothing to the response itself. */
function standIn(request: Request, response: Response): Response {
  // The proxy asks of it no more than what node's own class has.
  const handed = new http.ServerResponse(request) as Response;
  endOf(response).addEventListener('abort', () => handed.emit('close'));
  return handed;
}

/** Called with the socket, before anything is written to it; it must not throw. */
function begin(outgoing: http.ClientRequest, request: Journeying, connectTimeoutMs: number): void {
  const { socket } = outgoing;
  const journey = request[key];
  if (journey === undefined) return;
  outgoing.once('timeout', () => (request.isLate = true));
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

/** Node's parser names what it refuses so. */
function whyOf(cause: unknown, { isLate }: Journeying): 'silent' | 'gone' | 'broken' {
  if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('HPE_')) return 'broken';
  return isLate === true ? 'silent' : 'gone';
}
