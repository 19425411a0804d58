import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import type { Config } from './settings.ts';

/** A file of TLS that cannot be read; the message names the setting. */
export class TlsFileError extends Error {
  override readonly name = 'TlsFileError';
}

/** What the port for callers needs to speak TLS, in PEM. */
export interface CallerTls {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** How the cloud is spoken to; the names are node's own. */
export interface CloudTls {
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
  readonly rejectUnauthorized: boolean;
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly servername?: string;
}

/** The certificate for callers; undefined where the port speaks plain HTTP. @throws {TlsFileError} */
export function callerTls({ certFile, keyFile }: Config['tls']): CallerTls | undefined {
  if (certFile === '' && keyFile === '') return undefined;
  return checked('tls.certFile, tls.keyFile', {
    cert: read('tls.certFile', certFile),
    key: read('tls.keyFile', keyFile),
  });
}

/** How the cloud is spoken to. @throws {TlsFileError} */
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

/** Asks openssl whether it can use what the files hold: later it would say so once a request. */
function checked<T extends SecureContextOptions>(settings: string, options: T): T {
  try {
    createSecureContext(options);
    return options;
  } catch (error) {
    throw new TlsFileError(`${settings}: no certificates in PEM with the key that goes with them (${codeOf(error)}).`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function read(setting: string, path: string): Buffer {
  if (path === '') throw new TlsFileError(`${setting} must be set: a certificate and its key go together.`);
  try {
    return readFileSync(path);
  } catch (error) {
    throw new TlsFileError(`${setting}: ${path} cannot be read (${codeOf(error)}).`);
  }
}
