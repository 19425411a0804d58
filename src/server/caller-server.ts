import { createServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Config } from '../config/settings.ts';
import { callerTls, type CallerTls } from '../config/tls-files.ts';
import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { ExpressFront } from './app/express-front.ts';
import { answerHalfClosed } from './app/half-close.ts';
import { acceptProxied } from './proxy-protocol/accept-proxied.ts';
import { watchTlsFiles } from './ports/watched-files.ts';

/** The server of the port for callers, whose certificate is watched. */
export interface CallerServer {
  readonly server: Server | TlsServer;
  /** Use another configuration, with its certificate, which has been read already. Connections stay open. */
  use(config: Config, tls: CallerTls | undefined): void;
  readonly stopWatching: () => void;
}

/** The configuration that a server uses at the moment, with its certificate. */
interface InUse {
  config: Config;
  tls: CallerTls | undefined;
}

interface Observers {
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Create the server, which does not listen yet. With a certificate it speaks TLS. */
export function createCallerServer(
  config: Config,
  tls: CallerTls | undefined,
  { handler, classes, onParseError }: ExpressFront,
  observers: Observers,
): CallerServer {
  const inUse: InUse = { config, tls };
  const options = { ...limitsOf(config), ...timesOf(config), ...classes };
  const server =
    tls === undefined
      ? createServer(options, handler)
      : createTlsServer({ ...options, ...tls, handshakeTimeout: options.headersTimeout }, handler);
  if (config.proxyProtocol === 'on')
    acceptProxied(server, {
      timeoutMs: () => inUse.config.request.headersTimeoutMs,
      onRefused: () => observers.metrics.countLimit('proxyProtocol'),
    });
  // Without a listener node itself would answer 417, with no document.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('clientError', onParseError);
  answerHalfClosed(server, () => inUse.config.connections.halfCloseMs);
  server.on('drop', () => observers.metrics.countLimit('connections.max'));
  server.maxConnections = config.connections.max;
  // Without it full workers would pass a connection to each other for ever. node's types do not have it yet.
  Object.assign(server, { dropMaxConnection: true });
  let stopWatching = watchCertificate(server, inUse, observers);
  return {
    server,
    use: (next, renewed) => {
      stopWatching();
      Object.assign(inUse, { config: next, tls: renewed } satisfies InUse);
      Object.assign(server, timesOf(next), { maxConnections: next.connections.max });
      if (renewed !== undefined) setCertificate(server, renewed, observers.log);
      observers.metrics.setReload('callers', true);
      stopWatching = watchCertificate(server, inUse, observers);
    },
    stopWatching: () => stopWatching(),
  };
}

/** Watch the certificate. A server of plain HTTP has none. @returns the function that ends the watch */
function watchCertificate(server: Server | TlsServer, { config, tls }: InUse, { log, metrics }: Observers): () => void {
  if (tls === undefined) return () => undefined;
  const { certFile, keyFile } = config.tls;
  const renew = (): Buffer | undefined => {
    const renewed = callerTls(config.tls);
    if (renewed !== undefined) setCertificate(server, renewed, log);
    return renewed?.cert;
  };
  return watchTlsFiles(
    {
      use: 'callers',
      paths: [certFile, keyFile],
      cert: tls.cert,
      renew,
      onFailure: (error) => log.error('certificate cannot be read', { setting: 'tls', error }),
    },
    metrics,
  );
}

function setCertificate(server: Server | TlsServer, tls: CallerTls, log: Log): void {
  if (!('setSecureContext' in server)) return;
  server.setSecureContext(tls);
  log.info('certificate read again');
}

/** Return the limits that node fixes when it creates a server. */
function limitsOf({ request: { timeoutMs, headersTimeoutMs, maxHeaderBytes } }: Config): ServerOptions {
  return {
    maxHeaderSize: maxHeaderBytes,
    // Node would answer 400 without a document; the gateway checks Host itself.
    requireHostHeader: false,
    // Node checks both timeouts only at this interval, 30 s by default, so they would expire that much too late. It stays when
    // a reload changes them: at most a second.
    connectionsCheckingInterval: Math.max(50, Math.min(1000, Math.min(timeoutMs, headersTimeoutMs) / 4)),
  };
}

/** Return the times that a server takes at any moment, by the names of its members. */
function timesOf({ request: { timeoutMs, headersTimeoutMs }, connections }: Config) {
  return {
    requestTimeout: timeoutMs,
    headersTimeout: Math.min(headersTimeoutMs, timeoutMs),
    keepAliveTimeout: connections.keepAliveMs,
  };
}
