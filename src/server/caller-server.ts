import { unwatchFile, watchFile } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { describeDefect } from '../observe/defect.ts';
import type { Log } from '../observe/log.ts';
import type { Config } from '../config/settings.ts';
import { callerTls, TlsFileError } from '../config/tls-files.ts';

/** The port for callers. */
export interface CallerServer {
  readonly server: Server | TlsServer;
  /** Reads the certificate again; connections stay, and where it cannot be read the old one goes on. */
  readonly reload: () => void;
  readonly stopWatching: () => void;
}

/** How often the certificate's files are looked at, in milliseconds. */
const watchMs = 5000;

/** What answers the callers, and the classes of what it is given. */
interface Served {
  readonly handler: RequestListener;
  readonly classes: Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'>;
}

/** The port for callers, not listening yet; in TLS where there is a certificate. @throws {TlsFileError} */
export function createCallerServer(config: Config, log: Log, { handler, classes }: Served): CallerServer {
  const tls = callerTls(config.tls);
  const options = { ...limitsOf(config), ...classes };
  const server =
    tls === undefined
      ? createServer(options, handler)
      : createTlsServer({ ...options, ...tls, handshakeTimeout: options.headersTimeout }, handler);
  server.maxConnections = config.connections.max;
  // Or full workers would hand a connection to and fro between them. Node has it, its types do not know it yet.
  Object.assign(server, { dropMaxConnection: true });
  const reload = (): void => {
    if (!('setSecureContext' in server)) return;
    try {
      server.setSecureContext(callerTls(config.tls) ?? {});
      log.info('certificate read again');
    } catch (error) {
      // The old one goes on.
      // Its message names settings, files and a code of openssl's.
      const why = error instanceof TlsFileError ? error.message : describeDefect(error).error;
      log.error('certificate cannot be read', { setting: 'tls', error: why });
    }
  };
  const files = tls === undefined ? [] : [config.tls.certFile, config.tls.keyFile];
  for (const file of files) watchFile(file, { interval: watchMs, persistent: false }, reload);
  return { server, reload, stopWatching: () => files.forEach((file) => unwatchFile(file, reload)) };
}

/** Node looks for late requests now and then only: often enough to keep the limit. */
function limitsOf({ request, connections }: Config): ServerOptions {
  const { timeoutMs, headersTimeoutMs, maxHeaderBytes } = request;
  return {
    requestTimeout: timeoutMs,
    headersTimeout: Math.min(headersTimeoutMs, timeoutMs),
    maxHeaderSize: maxHeaderBytes,
    keepAliveTimeout: connections.keepAliveMs,
    connectionsCheckingInterval: Math.max(50, Math.min(1000, Math.min(timeoutMs, headersTimeoutMs) / 4)),
  };
}
