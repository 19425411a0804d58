import { createServer, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdmin, type Readiness } from './admin/health.ts';
import { createApp } from './app.ts';
import type { Log } from './log.ts';
import type { Config } from './settings.ts';

/** A gateway that serves. */
export interface Gateway {
  readonly url: string;
  readonly adminUrl: string;
  /** Ends it: not ready, no new connections, running exchanges finish within the limit. */
  drain(): Promise<void>;
}

/** Starts both ports; ready when the promise resolves. @throws the error of a port that cannot be had */
export async function startGateway(config: Config, log: Log): Promise<Gateway> {
  const app = createApp(config, log);
  const readiness: Readiness = { isReady: false };
  const server = createServer(timing(config.request.timeoutMs), app.handler);
  const running = new Set<ServerResponse>();
  server.prependListener('request', (_, response: ServerResponse) => {
    running.add(response);
    if (!readiness.isReady) response.setHeader('Connection', 'close');
    response.once('close', () => running.delete(response));
  });
  const admin = createAdmin(readiness);
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
    for (const response of running) if (!response.headersSent) response.setHeader('Connection', 'close');
    let isInTime = true;
    const timer = setTimeout(() => {
      isInTime = false;
      server.closeAllConnections();
    }, config.shutdown.timeoutMs);
    await close(server);
    clearTimeout(timer);
    await app.close();
    const closed = close(admin);
    admin.closeAllConnections();
    await closed;
    log.info('stopped', { isInTime });
  };
  return { url, adminUrl, drain };
}

/** Node looks for late requests now and then only: often enough to keep the limit. */
function timing(requestTimeout: number): ServerOptions {
  return { requestTimeout, connectionsCheckingInterval: Math.max(50, Math.min(1000, requestTimeout / 4)) };
}

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // A server that listens on a port has such an address.
      const { address, family, port: taken } = server.address() as AddressInfo;
      resolve(`http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`);
    });
  });
}

/** Stops listening and waits for the connections; idle ones are closed by node. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
