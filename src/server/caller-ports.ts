import type { RequestListener, Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Config } from '../config/settings.ts';
import type { CallerTls } from '../config/tls-files.ts';
import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import { exchangeOf } from './app/express-classes.ts';
import type { ExpressFront } from './app/express-front.ts';
import { createCallerServer } from './caller-server.ts';
import { closeGracefully, listen } from './ports/listen.ts';
import { callersPlace, identityPlaces } from './ports/places.ts';

/** The ports for callers: the one of compute, which has login too, and those that have only login. */
export interface CallerPorts {
  readonly servers: readonly (Server | TlsServer)[];
  /** The port of the first, as it is bound; undefined for a unix socket. */
  readonly computePort: () => number | undefined;
  /** Listen at all of them. Resolves with the URL of the first. @throws the error of a port that cannot be used, after closing all */
  listen(): Promise<string>;
  /** Use another configuration, with its certificate, which has been read already. Connections stay open. */
  use(config: Config, tls: CallerTls | undefined): void;
  stopWatching(): void;
  /** Stop listening, and wait for the end of all connections. */
  close(): Promise<void>;
}

/** Create the ports, which do not listen yet. */
export function createCallerPorts(
  config: Config,
  tls: CallerTls | undefined,
  front: ExpressFront,
  observers: { readonly log: Log; readonly metrics: Metrics },
): CallerPorts {
  const atIdentityPort = { ...front, handler: markIdentityPort(front.handler) };
  const identity = identityPlaces(config).map((place) => ({
    place,
    port: createCallerServer(config, tls, atIdentityPort, observers),
  }));
  const compute = { place: callersPlace(config), port: createCallerServer(config, tls, front, observers) };
  const all = [compute, ...identity];
  const servers = all.map(({ port }) => port.server);
  return {
    servers,
    computePort: () => {
      const address = compute.port.server.address();
      return typeof address === 'object' ? address?.port : undefined;
    },
    listen: async () => {
      try {
        const identityUrls = await Promise.all(identity.map(({ place, port }) => listen(port.server, place)));
        const url = await listen(compute.port.server, compute.place);
        if (identityUrls.length > 0) observers.log.info('login ready', { urls: identityUrls });
        return url;
      } catch (error) {
        // Nobody calls yet, so there is no connection to wait for.
        await Promise.all(servers.filter(({ listening }) => listening).map(closeGracefully));
        throw error;
      }
    },
    use: (...given) => all.forEach(({ port }) => port.use(...given)),
    stopWatching: () => all.forEach(({ port }) => port.stopWatching()),
    close: async () => {
      await Promise.all(servers.map(closeGracefully));
    },
  };
}

function markIdentityPort(handler: RequestListener): RequestListener {
  return (request, response) => {
    exchangeOf(response).isAtIdentityPort = true;
    handler(request, response);
  };
}
