import { createServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Config } from '../config/settings.ts';
import { callerTls } from '../config/tls-files.ts';
import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { App } from './app/app.ts';
import { answerHalfClosed } from './app/half-close.ts';
import { acceptProxied } from './proxy-protocol/accept-proxied.ts';
import { watchTlsFiles, type WatchedTlsFiles } from './watched-files.ts';

/** The server of the port for callers, whose certificate is watched. */
export interface CallerServer extends WatchedTlsFiles {
  readonly server: Server | TlsServer;
}

/** Create the server, which does not listen yet. With a certificate it speaks TLS. @throws {TlsFileError} for a file that cannot be used */
export function createCallerServer(
  config: Config,
  log: Log,
  { handler, classes, onParseError }: App,
  metrics: Metrics,
): CallerServer {
  const tls = callerTls(config.tls);
  const options = { ...limitsOf(config), ...classes };
  const server =
    tls === undefined
      ? createServer(options, handler)
      : createTlsServer({ ...options, ...tls, handshakeTimeout: options.headersTimeout }, handler);
  if (config.proxyProtocol === 'on')
    acceptProxied(server, {
      timeoutMs: config.request.headersTimeoutMs,
      onRefused: () => metrics.countLimit('proxyProtocol'),
    });
  // Without a listener node itself would answer 417, with no document.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('clientError', onParseError);
  answerHalfClosed(server, config.connections.halfCloseMs);
  server.maxConnections = config.connections.max;
  // Without it full workers would pass a connection to each other for ever. node's types do not have it yet.
  Object.assign(server, { dropMaxConnection: true });
  return { server, ...watchCertificate(server, config.tls, tls?.cert, { log, metrics }) };
}

/** Watch the certificate. A server of plain HTTP has none. */
function watchCertificate(
  server: Server | TlsServer,
  files: Config['tls'],
  cert: Buffer | undefined,
  { log, metrics }: { readonly log: Log; readonly metrics: Metrics },
): WatchedTlsFiles {
  if (!('setSecureContext' in server)) return { reload: () => undefined, stopWatching: () => undefined };
  const renew = (): Buffer | undefined => {
    const tls = callerTls(files);
    server.setSecureContext(tls ?? {});
    log.info('certificate read again');
    return tls?.cert;
  };
  return watchTlsFiles(
    {
      use: 'callers',
      paths: [files.certFile, files.keyFile],
      cert,
      renew,
      onFailure: (error) => log.error('certificate cannot be read', { setting: 'tls', error }),
    },
    metrics,
  );
}

function limitsOf({ request, connections }: Config): ServerOptions {
  const { timeoutMs, headersTimeoutMs, maxHeaderBytes } = request;
  return {
    requestTimeout: timeoutMs,
    headersTimeout: Math.min(headersTimeoutMs, timeoutMs),
    maxHeaderSize: maxHeaderBytes,
    // Node would answer 400 without a document; the gateway checks Host itself.
    requireHostHeader: false,
    keepAliveTimeout: connections.keepAliveMs,
    // Node checks both timeouts only at this interval, 30 s by default, so they would expire that much too late.
    connectionsCheckingInterval: Math.max(50, Math.min(1000, Math.min(timeoutMs, headersTimeoutMs) / 4)),
  };
}
