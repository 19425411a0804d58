import { readFileSync } from 'node:fs';
import { isIPv4, isIPv6 } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { LedgerStoreError } from '../store-error.ts';

/** The place and the login of a database. */
export interface PostgresTarget {
  /** A name, an address, or the folder of a unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | undefined;
  readonly database: string;
  readonly applicationName: string;
  readonly tls: ConnectionOptions | false;
}

const defaultPort = 5432;
const parameters = ['host', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'application_name'] as const;
type Parameter = (typeof parameters)[number];

/**
 * Read the URL of a database: `postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=...`. Its names are those of libpq, and its
 * parts never appear in a message, since a password that is not encoded moves its rest to another part.
 * @throws {LedgerStoreError} for a URL that cannot be used
 */
export function readTarget(text: string): PostgresTarget {
  const url = URL.parse(text);
  if (url === null || !/^postgres(?:ql)?:$/.test(url.protocol)) {
    throw refuse(
      'is no URL such as postgres://USER:PASSWORD@HOST:5432/DATABASE (in a password, write / ? # @ % as %2F %3F %23 %40 %25)',
    );
  }
  const values = parametersOf(url);
  const host = values.host ?? decode(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  const [user, database] = [decode(url.username), decode(url.pathname.slice(1))];
  if (url.hash !== '' || /[@/]/.test(database)) throw refuse('has a / ? # or @ that is not encoded');
  if (host.includes(',')) throw refuse('names several hosts; give it one that leads to the primary');
  if (host === '' || user === '' || database === '') throw refuse('lacks a host, a user or a database');
  return {
    host,
    port: url.port === '' ? defaultPort : Number(url.port),
    user,
    password: url.password === '' ? undefined : decode(url.password),
    database,
    applicationName: values.application_name ?? 'legacy-compute-gateway',
    tls: tlsOf(host, values),
  };
}

function isKnown(name: string): name is Parameter {
  return parameters.some((known) => known === name);
}

function parametersOf(url: URL): Partial<Record<Parameter, string>> {
  const values: Partial<Record<Parameter, string>> = {};
  for (const [name, value] of url.searchParams) {
    if (!isKnown(name)) throw refuse(`has an unknown parameter; known are ${parameters.join(', ')}`);
    values[name] = value;
  }
  return values;
}

/**
 * Derive the options of TLS. Without sslmode the certificate and its name are verified, except where nothing leaves the machine.
 * `allow` and `prefer` are refused: whoever stands between the gateway and the database could switch TLS off.
 */
function tlsOf(host: string, values: Partial<Record<Parameter, string>>): ConnectionOptions | false {
  const mode = values.sslmode ?? (isLocal(host) ? 'disable' : 'verify-full');
  const options: ConnectionOptions = {
    ...(values.sslrootcert !== undefined && { ca: readFile(values.sslrootcert, 'sslrootcert') }),
    ...(values.sslcert !== undefined && { cert: readFile(values.sslcert, 'sslcert') }),
    ...(values.sslkey !== undefined && { key: readFile(values.sslkey, 'sslkey') }),
  };
  const anyName: ConnectionOptions = { ...options, checkServerIdentity: () => undefined };
  switch (mode) {
    case 'disable':
      return false;
    case 'require':
      // As libpq does: a root certificate in the URL is there to be used.
      return options.ca === undefined ? { ...options, rejectUnauthorized: false } : anyName;
    case 'verify-ca':
      if (options.ca === undefined) throw refuse('has sslmode=verify-ca without sslrootcert');
      return anyName;
    case 'verify-full':
      return options;
    default:
      throw refuse('has another sslmode than disable, require, verify-ca or verify-full');
  }
}

function isLocal(host: string): boolean {
  return host.startsWith('/') || host === 'localhost' || (isIPv4(host) && host.startsWith('127.')) || isLoopback6(host);
}

function isLoopback6(host: string): boolean {
  return isIPv6(host) && host === '::1';
}

function readFile(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = 'an error' } = error as NodeJS.ErrnoException;
    throw refuse(`names a file as ${name} that cannot be read (${code})`);
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse('has a % that is not encoded');
  }
}

function refuse(why: string): LedgerStoreError {
  return new LedgerStoreError(`the URL of the ledger's database ${why}`, 'EINVAL', true);
}
