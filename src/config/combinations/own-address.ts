import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';

/** The addresses that listen on all interfaces. */
const wildcards: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
const loopback = /^(?:localhost\.?|127(?:\.\d+){3}|::1|0\.0\.0\.0|::)$/i;

/** The settings of a port to listen on, and the URL of the cloud. */
export interface Addresses {
  readonly host: unknown;
  readonly port: unknown;
  readonly cloudUrl: unknown;
}

/**
 * Check whether the URL of the cloud is that of the gateway itself: a cut-over that moves the cloud's address to the gateway
 * often leaves it so. Only what is certain counts: another program may listen on the same port of another address.
 */
export function isOwnAddress({ host, port, cloudUrl }: Addresses): boolean {
  if (typeof host !== 'string' || typeof cloudUrl !== 'string' || !URL.canParse(cloudUrl)) return false;
  const cloud = new URL(cloudUrl);
  const cloudPort = Number(cloud.port) || (cloud.protocol === 'https:' ? 443 : 80);
  if (port === 0 || port !== cloudPort) return false;
  const target = cloud.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (wildcards.has(host)) return loopback.test(target) || ownNames().has(target);
  return target === host.toLowerCase() || (isFirstLoopback(host) && isFirstLoopback(target));
}

/** Check that no two servers can listen on the same port of two hosts. Only what is certain counts. */
export function isSameAddress(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a === b || isWithin(a, b) || isWithin(b, a) || (isFirstLoopback(a) && isFirstLoopback(b));
}

/** Check that listening on all interfaces includes an address. `::` includes those of IPv4, too. */
function isWithin(all: string, address: string): boolean {
  if (all === '::') return isIP(address) !== 0 || loopback.test(address);
  return all === '0.0.0.0' && isIP(address) === 4;
}

/** Check for a name of the address at which a port of `localhost` listens. */
function isFirstLoopback(name: string): boolean {
  return /^(?:localhost\.?|127\.0\.0\.1|0\.0\.0\.0)$/i.test(name);
}

function ownNames(): ReadonlySet<string> {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  return new Set([hostname().toLowerCase(), ...addresses.map(({ address }) => address.toLowerCase())]);
}
