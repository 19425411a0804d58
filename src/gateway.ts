import type { Server, ServerResponse } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdmin, type Readiness } from './admin/health.ts';
import { createApp, describedMembers } from './app.ts';
import { createCallerServer } from './caller-server.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { Config } from './settings.ts';
import { cloudTls } from './tls.ts';

/** A gateway that serves. */
export interface Gateway {
  readonly url: string;
  readonly adminUrl: string;
  /** Reads the certificate for callers again; connections stay. */
  readonly reload: () => void;
  /** Ends it: not ready, no new connections, running exchanges finish within the limit. */
  drain(): Promise<void>;
}

/** More than this on one response would be a leak. */
const mostListeners = 24;

/**
 * Starts both ports; ready when the promise resolves.
 * @throws {TlsFileError} for a file that cannot be read; the error of a port that cannot be had
 */
export async function startGateway(config: Config, log: Log, version = ''): Promise<Gateway> {
  const running = new Set<ServerResponse>();
  const { profile } = config.upstream;
  const metrics = createMetrics({ version, profile, members: describedMembers, inFlight: () => running.size });
  if (config.upstream.tls.verify === 'off') {
    log.warn("the cloud's certificate is not checked: anybody can be the cloud", { setting: 'upstream.tls.verify' });
  }
  const app = createApp(config, log, { tls: cloudTls(config.upstream.tls), metrics });
  const readiness: Readiness = { isReady: false };
  const { server, reload, stopWatching } = createCallerServer(config, log, app.handler);
  server.prependListener('request', (_, response: ServerResponse) => {
    running.add(response);
    // Each step of an exchange listens for its end.
    response.setMaxListeners(mostListeners);
    if (!readiness.isReady) response.setHeader('Connection', 'close');
    response.once('close', () => running.delete(response));
  });
  // Those in the middle of a handshake are in no list of node's.
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('drop', () => metrics.hit('connections.max'));
  const admin = createAdmin(readiness, metrics);
  const adminUrl = await listen(admin, config.admin.host, config.admin.port);
  const url = await listen(server, config.host, config.port).catch(async (error: unknown) => {
    await Promise.all([close(admin), app.close()]);
    throw error;
  });
  readiness.isReady = true;
  log.info('ready', { url, adminUrl, profile: config.upstream.profile });

  const drain = async (): Promise<void> => {
    readiness.isReady = false;
    log.info('draining', { running: running.size });
    stopWatching();
    for (const response of running) if (!response.headersSent) response.setHeader('Connection', 'close');
    let isInTime = true;
    const timer = setTimeout(() => {
      isInTime = false;
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
    }, config.shutdown.timeoutMs);
    // Whoever has a connection, or is given one by a balancer that has not looked yet, is answered and told to close.
    await sleep(Math.min(config.shutdown.noticeMs, config.shutdown.timeoutMs));
    await close(server);
    clearTimeout(timer);
    await app.close();
    const closed = close(admin);
    admin.closeAllConnections();
    await closed;
    log.info('stopped', { isInTime });
  };
  return { url, adminUrl, reload, drain };
}

function listen(server: Server | TlsServer, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // A server that listens on a port has such an address.
      const { address, family, port: taken } = server.address() as AddressInfo;
      const scheme = 'setSecureContext' in server ? 'https' : 'http';
      resolve(`${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${taken}`);
    });
  });
}

/** Stops listening and waits for the connections; idle ones are closed by node. */
function close(server: Server | TlsServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
