import { constants, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, DEFAULT_CIPHERS, type SecureContextOptions, type SecureVersion } from 'node:tls';
import type { Config } from './settings.ts';

/** The error of a TLS file that cannot be used; the message names the setting and the file. */
export class TlsFileError extends Error {
  override readonly name = 'TlsFileError';
}

/** The TLS options of the port for callers, by node's own names. */
export interface CallerTls {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly minVersion: SecureVersion;
  readonly ciphers?: string;
}

/** The TLS options of the admin port, by node's own names. */
export interface AdminTls {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly minVersion: SecureVersion;
  readonly secureOptions: number;
  /** True if clients are asked for a certificate. */
  readonly requestCert: boolean;
  readonly rejectUnauthorized: boolean;
  readonly ca?: Buffer;
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
export function callerTls({ certFile, keyFile, minVersion }: Config['tls']): CallerTls | undefined {
  if (certFile === '' && keyFile === '') return undefined;
  return checked('tls.certFile, tls.keyFile', {
    cert: read('tls.certFile', certFile),
    key: read('tls.keyFile', keyFile),
    minVersion,
    ...(isOutdated(minVersion) && { ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0` }),
  });
}

/** Read the TLS options of the admin port; undefined if it speaks plain HTTP. @throws {TlsFileError} */
export function adminTls({ certFile, keyFile, clientCaFile }: Config['admin']['tls']): AdminTls | undefined {
  if (certFile === '' && keyFile === '') return undefined;
  const hasClients = clientCaFile !== '';
  return checked('admin.tls.certFile, admin.tls.keyFile', {
    cert: read('admin.tls.certFile', certFile),
    key: read('admin.tls.keyFile', keyFile),
    minVersion: 'TLSv1.2',
    // Without tickets no session is resumed, so that each connection proves its certificate. A resumed one keeps the verdict
    // of a certificate that may have expired, and node before 24.21 accepts one that never had a certificate, with TLS 1.3.
    secureOptions: constants.SSL_OP_NO_TICKET,
    requestCert: hasClients,
    // Health checks have no certificate.
    rejectUnauthorized: false,
    ...(hasClients && { ca: readAuthorities('admin.tls.clientCaFile', clientCaFile, 'clients') }),
  });
}

/** Check that a version of TLS is one that OpenSSL allows only at security level 0, with SHA-1 and short keys (RFC 8996). */
export function isOutdated(version: SecureVersion): boolean {
  return version === 'TLSv1' || version === 'TLSv1.1';
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
    ...(caFile !== '' && { ca: readAuthorities('upstream.tls.caFile', caFile, 'cloud') }),
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

const certificateBlock =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** The mend of a file of authorities, by those who are verified. */
const wantedAuthorities = {
  cloud: "It must be a PEM file with the certificates of the cloud's authorities.",
  clients: 'It must be a PEM file with the certificates of the authorities of the clients.',
} as const;

/** Read the certificates of authorities. OpenSSL ignores a file without any, and no certificate would be accepted. */
function readAuthorities(setting: string, path: string, verified: keyof typeof wantedAuthorities): Buffer {
  const bytes = read(setting, path);
  const text = bytes.toString('latin1');
  const blocks = text.match(certificateBlock) ?? [];
  // A file that is half written has the beginning of one more.
  const begun = text.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0 || begun.length > blocks.length)
    throw new TlsFileError(
      `${setting}: ${path} has no certificate, or one that is broken off. ${wantedAuthorities[verified]}`,
    );
  try {
    blocks.forEach((block) => new X509Certificate(block));
  } catch (error) {
    throw new TlsFileError(
      `${setting}: ${path} has a certificate that cannot be read (${errorCode(error)}). ${wantedAuthorities[verified]}`,
    );
  }
  return bytes;
}

function read(setting: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new TlsFileError(
      `${setting}: ${path} cannot be read (${errorCode(error)}). It must be the path of a readable PEM file.`,
    );
  }
}

/** Find when the first certificate of a PEM file with its chain expires, in seconds since 1970. The file must have been checked. */
export function expiryOf(chain: Buffer): number {
  const expiries = chain
    .toString('latin1')
    .match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
    ?.map((certificate) => new X509Certificate(certificate).validToDate.getTime() / 1000);
  return Math.min(...(expiries ?? [0]));
}
