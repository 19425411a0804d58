import type { IncomingMessage } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { AdminFiles } from '../resources/resources.ts';
import type { Config } from '../../config/settings.ts';
import { adminTls, type AdminTls } from '../../config/tls-files.ts';
import { readToken } from '../../config/reload/token-file.ts';
import type { FileGauges } from '../../observe/file-gauges.ts';
import type { Log } from '../../observe/log.ts';
import { watchReadFiles, watchTlsFiles } from '../ports/watched-files.ts';
import { bearerOf, type Proof } from './guard.ts';

/** The log and the metrics of files that are read again. */
interface Reports {
  readonly log: Log;
  readonly metrics: FileGauges;
}

/** A proof with the files that it depends on, which are watched. */
export interface WatchedProof extends Proof {
  /** Use files that have been read already, and watch those of these settings from now on. */
  use(settings: Config['admin'], files: AdminFiles): void;
  readonly stopWatching: () => void;
}

/** Create the proof by a bearer token. */
export function proveByToken(settings: Config['admin'], given: AdminFiles, { log, metrics }: Reports): WatchedProof {
  let { token: isToken } = given;
  const watch = (path: string): (() => void) =>
    watchReadFiles(
      {
        use: 'adminToken',
        paths: [path],
        renew: () => {
          isToken = readToken(path);
          log.info('admin token read again');
        },
        onFailure: (error) => log.error('admin token cannot be read', { setting: 'admin.tokenFile', error }),
      },
      metrics,
    );
  let stopWatching = watch(settings.tokenFile);
  return {
    isProven: ({ headers: { authorization } }: IncomingMessage) => {
      const sent = bearerOf(authorization);
      return sent !== undefined && isToken?.(sent) === true;
    },
    use: ({ tokenFile }, { token }) => {
      stopWatching();
      isToken = token;
      if (token !== undefined) log.info('admin token read again');
      metrics.setReload('adminToken', true);
      stopWatching = watch(tokenFile);
    },
    stopWatching: () => stopWatching(),
  };
}

/**
 * Create the proof by a client certificate. The verdict is that of the handshake; connections that were opened with other
 * authorities lose it.
 * @param given the files as the server uses them now
 */
export function proveByCertificate(
  server: TlsServer,
  settings: Config['admin'],
  given: AdminTls,
  { log, metrics }: Reports,
): WatchedProof {
  let inUse = given;
  const verdicts = keepVerdicts(server);
  const adopt = (tls: AdminTls): void => {
    server.setSecureContext(tls);
    if (inUse.ca !== undefined && tls.ca?.equals(inUse.ca) !== true) verdicts.forget();
    inUse = tls;
    log.info('certificate of the admin port read again');
  };
  const watch = ({ tls: files }: Config['admin']): (() => void) =>
    watchTlsFiles(
      {
        ...filesOf(files, log),
        cert: inUse.cert,
        renew: () => {
          const tls = adminTls(files);
          if (tls !== undefined) adopt(tls);
          return tls?.cert;
        },
      },
      metrics,
    );
  let stopWatching = watch(settings);
  return {
    isProven: verdicts.isProven,
    use: (next, { tls }) => {
      stopWatching();
      // A reload cannot switch TLS off: that needs a restart.
      if (tls !== undefined) adopt(tls);
      metrics.setReload('admin', true);
      stopWatching = watch(next);
    },
    stopWatching: () => stopWatching(),
  };
}

/** Keep the verdicts about client certificates by their connections. */
function keepVerdicts(server: TlsServer): Proof & { readonly forget: () => void } {
  let proven = new WeakSet<Socket>();
  server.on('secureConnection', (socket: TLSSocket) => {
    // Without authorities of clients none is asked for a certificate, and none is authorized.
    if (socket.authorized) proven.add(socket);
  });
  const forget = (): void => {
    proven = new WeakSet();
    server.closeIdleConnections();
  };
  return { isProven: ({ socket }) => proven.has(socket), forget };
}

function filesOf({ certFile, keyFile, clientCaFile }: Config['admin']['tls'], log: Log) {
  return {
    use: 'admin',
    paths: [certFile, keyFile, clientCaFile],
    onFailure: (error: string) =>
      log.error('certificate of the admin port cannot be read', { setting: 'admin.tls', error }),
  } as const;
}
