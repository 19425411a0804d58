import { createServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Config } from '../config/settings.ts';
import { callerTls, expiryOf, TlsFileError } from '../config/tls-files.ts';
import { describeDefect } from '../observe/defect.ts';
import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { App } from './app/app.ts';
import { answerHalfClosed } from './app/half-close.ts';
import { acceptProxied } from './proxy-protocol/accept-proxied.ts';
import { watchFiles } from './watched-files.ts';

/** The server of the port for callers. */
export interface CallerServer {
  readonly server: Server | TlsServer;
  /** Read the certificate again. Connections stay open. A certificate that cannot be used is ignored, and the old one stays. */
  readonly reload: () => void;
  readonly stopWatching: () => void;
}

/** Create the server, which does not listen yet. With a certificate it speaks TLS. @throws {TlsFileError} for a file that cannot be used */
export function createCallerServer(
  config: Config,
  log: Log,
  { handler, classes, onParseError }: App,
  metrics: Metrics,
): CallerServer {
  const tls = callerTls(config.tls);
  if (tls !== undefined) metrics.setCertificate('callers', expiryOf(tls.cert));
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
  const reload = (): void => reloadCertificate(server, config.tls, log, metrics);
  const files = tls === undefined ? [] : [config.tls.certFile, config.tls.keyFile];
  return { server, reload, stopWatching: watchFiles(files, reload) };
}

function reloadCertificate(server: Server | TlsServer, files: Config['tls'], log: Log, metrics: Metrics): void {
  if (!('setSecureContext' in server)) return;
  try {
    const tls = callerTls(files);
    server.setSecureContext(tls ?? {});
    if (tls !== undefined) metrics.setCertificate('callers', expiryOf(tls.cert));
    metrics.setReload('callers', true);
    log.info('certificate read again');
  } catch (error) {
    metrics.setReload('callers', false);
    // The message of a TlsFileError contains settings, file names and error codes, but no secrets.
    const why = error instanceof TlsFileError ? error.message : describeDefect(error).error;
    log.error('certificate cannot be read', { setting: 'tls', error: why });
  }
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
