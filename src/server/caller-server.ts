import { unwatchFile, watchFile } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { fixedLimits } from '../config/fixed-limits.ts';
import type { Config } from '../config/settings.ts';
import { callerTls, TlsFileError } from '../config/tls-files.ts';
import { describeDefect } from '../observe/defect.ts';
import type { Log } from '../observe/log.ts';

/** The server of the port for callers. */
export interface CallerServer {
  readonly server: Server | TlsServer;
  /** Read the certificate again. Connections stay; if it cannot be used, the old one stays in use. */
  readonly reload: () => void;
  readonly stopWatching: () => void;
}

/** The handler of requests, and the classes that node creates its requests and responses from. */
interface Served {
  readonly handler: RequestListener;
  readonly classes: Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'>;
}

/** Create the server, not listening yet; it speaks TLS if there is a certificate. @throws {TlsFileError} */
export function createCallerServer(config: Config, log: Log, { handler, classes }: Served): CallerServer {
  const tls = callerTls(config.tls);
  const options = { ...limitsOf(config), ...classes };
  const server =
    tls === undefined
      ? createServer(options, handler)
      : createTlsServer({ ...options, ...tls, handshakeTimeout: options.headersTimeout }, handler);
  server.maxConnections = config.connections.max;
  // Without it full workers would hand a connection back and forth for ever. node's types do not have it yet.
  Object.assign(server, { dropMaxConnection: true });
  const reload = (): void => reloadCertificate(server, config.tls, log);
  const files = tls === undefined ? [] : [config.tls.certFile, config.tls.keyFile];
  const watching = { interval: fixedLimits.certificateCheckMs, persistent: false };
  for (const file of files) watchFile(file, watching, reload);
  return { server, reload, stopWatching: () => files.forEach((file) => unwatchFile(file, reload)) };
}

function reloadCertificate(server: Server | TlsServer, files: Config['tls'], log: Log): void {
  if (!('setSecureContext' in server)) return;
  try {
    server.setSecureContext(callerTls(files) ?? {});
    log.info('certificate read again');
  } catch (error) {
    // The message of a TlsFileError holds names of settings and files and a code of OpenSSL, and no secret.
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
    keepAliveTimeout: connections.keepAliveMs,
    // Node checks both timeouts at this interval only (30 s by default), so they would be that much late.
    connectionsCheckingInterval: Math.max(50, Math.min(1000, Math.min(timeoutMs, headersTimeoutMs) / 4)),
  };
}
