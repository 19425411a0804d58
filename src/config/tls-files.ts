import { constants, createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
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
/** The path of the TLS settings for a service. */
export type TlsGroup = 'upstream.tls' | 'identity.tls' | `regions.${string}.tls`;

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
    ...readPair('tls', certFile, keyFile),
    minVersion,
    ...(isOutdated(minVersion) && { ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0` }),
  });
}

/** Read the TLS options of the admin port; undefined if it speaks plain HTTP. @throws {TlsFileError} */
export function adminTls({ certFile, keyFile, clientCaFile }: Config['admin']['tls']): AdminTls | undefined {
  if (certFile === '' && keyFile === '') return undefined;
  const hasClients = clientCaFile !== '';
  return checked('admin.tls.certFile, admin.tls.keyFile', {
    ...readPair('admin.tls', certFile, keyFile),
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

/**
 * Read the TLS options of connections to the cloud.
 * @param group the path of these settings, for the messages of mistakes
 * @throws {TlsFileError}
 */
export function cloudTls(
  { caFile, certFile, keyFile, minVersion, serverName, verify }: Config['upstream']['tls'],
  group: TlsGroup = 'upstream.tls',
): CloudTls {
  const hasCertificate = certFile !== '' || keyFile !== '';
  return checked(`${group}.caFile, ${group}.certFile, ${group}.keyFile`, {
    minVersion,
    rejectUnauthorized: verify === 'on',
    ...(caFile !== '' && { ca: readAuthorities(`${group}.caFile`, caFile, 'cloud') }),
    ...(hasCertificate && readPair(group, certFile, keyFile)),
    ...(serverName !== '' && { servername: serverName }),
  });
}

/** Check at the start that OpenSSL can use the files; otherwise each connection would fail. */
function checked<T extends SecureContextOptions>(settings: string, options: T): T {
  try {
    createSecureContext(options);
    return options;
  } catch (error) {
    const code = errorCode(error);
    const mend = code.includes('TOO_SMALL') ? 'The key is too short: use one of at least 2048 bits (RSA), or EC' : '';
    throw new TlsFileError(`${settings}: OpenSSL cannot use the files (${code}).${mend && ` ${mend}.`}`);
  }
}

/**
 * Read a certificate and its key. OpenSSL accepts an RSA certificate beside an EC key, because a server may have one pair of
 * each kind, and then refuses every handshake; so they are compared here.
 * @throws {TlsFileError}
 */
function readPair(group: string, certFile: string, keyFile: string): { readonly cert: Buffer; readonly key: Buffer } {
  const cert = read(`${group}.certFile`, certFile);
  const key = read(`${group}.keyFile`, keyFile);
  const certificate = parsedCertificate(`${group}.certFile`, certFile, cert);
  const privateKey = parsedKey(`${group}.keyFile`, keyFile, key);
  if (!certificate.checkPrivateKey(privateKey))
    throw new TlsFileError(
      `${group}.certFile, ${group}.keyFile: ${keyFile} is not the key of ${certFile}. Give a certificate and the key that it was made with.`,
    );
  return { cert, key };
}

function parsedCertificate(setting: string, path: string, bytes: Buffer): X509Certificate {
  const mend = 'It must be a PEM file with the certificate, and its chain after it.';
  // X509Certificate reads DER as well, which a connection cannot use.
  if (!bytes.includes('-----BEGIN ')) throw new TlsFileError(`${setting}: ${path} is no PEM file. ${mend}`);
  try {
    return new X509Certificate(bytes);
  } catch (error) {
    throw new TlsFileError(`${setting}: ${path} has no certificate that can be read (${errorCode(error)}). ${mend}`);
  }
}

function parsedKey(setting: string, path: string, bytes: Buffer): KeyObject {
  if (bytes.includes('ENCRYPTED'))
    throw new TlsFileError(`${setting}: ${path} is encrypted. Decrypt it: openssl pkey -in ENCRYPTED -out KEY.`);
  try {
    return createPrivateKey(bytes);
  } catch (error) {
    throw new TlsFileError(
      `${setting}: ${path} has no private key that can be read (${errorCode(error)}). It must be a PEM file with the key of the certificate.`,
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
