import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import type { Config } from './settings.ts';

/** The error of a TLS file that cannot be used; the message names the setting and the file. */
export class TlsFileError extends Error {
  override readonly name = 'TlsFileError';
}

/** The certificate and key of the port for callers, in PEM. */
export interface CallerTls {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** The TLS options of connections to the cloud, by node's own names. */
export interface CloudTls {
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
  readonly rejectUnauthorized: boolean;
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly servername?: string;
}

/** Read the certificate for callers; undefined if the port speaks plain HTTP. @throws {TlsFileError} */
export function callerTls({ certFile, keyFile }: Config['tls']): CallerTls | undefined {
  if (certFile === '' && keyFile === '') return undefined;
  return checked('tls.certFile, tls.keyFile', {
    cert: read('tls.certFile', certFile),
    key: read('tls.keyFile', keyFile),
  });
}

/** Read the TLS options of connections to the cloud. @throws {TlsFileError} */
export function cloudTls({
  caFile,
  certFile,
  keyFile,
  minVersion,
  serverName,
  verify,
}: Config['upstream']['tls']): CloudTls {
  const hasCertificate = certFile !== '' || keyFile !== '';
  return checked('upstream.tls.caFile, upstream.tls.certFile, upstream.tls.keyFile', {
    minVersion,
    rejectUnauthorized: verify === 'on',
    ...(caFile !== '' && { ca: read('upstream.tls.caFile', caFile) }),
    ...(hasCertificate && {
      cert: read('upstream.tls.certFile', certFile),
      key: read('upstream.tls.keyFile', keyFile),
    }),
    ...(serverName !== '' && { servername: serverName }),
  });
}

/** Check at the start that OpenSSL can use the files; otherwise each connection would fail. */
function checked<T extends SecureContextOptions>(settings: string, options: T): T {
  try {
    createSecureContext(options);
    return options;
  } catch (error) {
    throw new TlsFileError(
      `${settings}: the files are not a PEM certificate with its own key (${errorCode(error)}). Give a certificate and the key that it was made with.`,
    );
  }
}

/** Return the code of an error of node or OpenSSL. Its message is not used, because it may quote the contents of a file. */
function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function read(setting: string, path: string): Buffer {
  if (path === '') throw new TlsFileError(`${setting} must be set: a certificate and its key go together.`);
  try {
    return readFileSync(path);
  } catch (error) {
    throw new TlsFileError(
      `${setting}: ${path} cannot be read (${errorCode(error)}). It must be the path of a readable PEM file.`,
    );
  }
}
