import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp, describedMembers } from './app.ts';
import { createCallerServer } from './caller-server.ts';
import { close, listen } from './listen.ts';
import type { Log } from '../observe/log.ts';
import { createMetrics, type Metrics } from '../observe/metrics.ts';
import { LinkedSet } from '../http/exchange/linked-set.ts';
import type { Config } from '../config/settings.ts';
import { cloudTls } from '../config/tls-files.ts';

/** The port for callers and all that is behind it: one process's part of the gateway. */
export interface Callers {
  readonly metrics: Metrics;
  /** It listens, and does not drain. */
  readonly isReady: () => boolean;
  /** Resolves with the URL when it serves. @throws the error of a port that cannot be had, after which nothing is left */
  listen(): Promise<string>;
  /** Reads the certificate for callers again; connections stay. */
  readonly reload: () => void;
  /** Ends it: not ready, no new connections, running exchanges finish within the limit. Tells whether they did. */
  drain(): Promise<boolean>;
}

/** More than this on one response would be a leak. */
const mostListeners = 24;

/** Makes the port, which does not listen yet. @throws {TlsFileError} for a file that cannot be read */
export function createCallers(config: Config, log: Log, version: string): Callers {
  const running = new LinkedSet<ServerResponse>();
  const { profile } = config.upstream;
  const metrics = createMetrics({ version, profile, members: describedMembers, inFlight: () => running.size });
  if (config.upstream.tls.verify === 'off') {
    log.warn("the cloud's certificate is not checked: anybody can be the cloud", { setting: 'upstream.tls.verify' });
  }
  const app = createApp(config, log, { tls: cloudTls(config.upstream.tls), metrics });
  let isReady = false;
  const { server, reload, stopWatching } = createCallerServer(config, log, app);
  // Those in the middle of a TLS handshake are in no list of node's.
  const sockets = new LinkedSet<Socket>();
  server.on('connection', (socket: Socket) => {
    socket.once('close', sockets.add(socket));
  });
  server.prependListener('request', (request, response: ServerResponse) => {
    const { socket } = request;
    // A caller that goes: node tells it of where somebody listens, which may have stopped by the time it does.
    request.on('error', ignore);
    response.once('close', running.add(response));
    // Each step of an exchange listens for its end.
    response.setMaxListeners(mostListeners);
    if (!isReady) closeAfterLast(running.values().filter(({ req }) => req.socket === socket));
  });
  server.on('drop', () => metrics.hit('connections.max'));

  const start = async (): Promise<string> => {
    const url = await listen(server, config.host, config.port).catch(async (error: unknown) => {
      await app.close();
      throw error;
    });
    isReady = true;
    return url;
  };
  const drain = async (): Promise<boolean> => {
    isReady = false;
    log.info('draining', { running: running.size });
    stopWatching();
    closeAfterLast(running.values());
    let isInTime = true;
    const timer = setTimeout(() => {
      isInTime = false;
      for (const socket of sockets.values()) socket.destroy();
    }, config.shutdown.timeoutMs);
    // Whoever has a connection, or is given one by a balancer that has not looked yet, is answered and told to close.
    await sleep(Math.min(config.shutdown.noticeMs, config.shutdown.timeoutMs));
    await close(server);
    clearTimeout(timer);
    await app.close();
    return isInTime;
  };
  return { metrics, isReady: () => isReady, listen: start, reload, drain };
}

/** The end of the response tells it to whoever must know. */
const ignore = (): void => undefined;

/** Has each connection closed by its last answer: what is pipelined behind another may be at the cloud already. */
function closeAfterLast(responses: Iterable<ServerResponse>): void {
  const last = new Map<Socket, ServerResponse>();
  for (const response of responses) {
    const before = last.get(response.req.socket);
    if (before?.headersSent === false) before.setHeader('Connection', 'keep-alive');
    if (!response.headersSent) response.setHeader('Connection', 'close');
    last.set(response.req.socket, response);
  }
}
