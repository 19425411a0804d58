import { isIP, SocketAddress } from 'node:net';

/** The longest form of a node: an IPv6 address in brackets with a port. */
const longestNode = 53;
const bracketed = /^\[([\da-f:.]+)\](?::\d{1,5})?$/i;
const withPort = /^(\d+(?:\.\d+){3}):\d{1,5}$/;
/** The beginning of an IPv4 address that is written as an IPv6 address (RFC 4291, 2.5.5.2), as `::ffff:192.0.2.9` or `::ffff:c000:209`. */
const mapped = /^[0:]+:ffff:[\da-f:.]+$/i;

/**
 * Return the one spelling of an address by which it is compared: an IPv4 address as such, because a socket that listens on IPv6
 * too shows it as an IPv6 address, which no network of IPv4 has.
 */
export function plainAddress(address: string): string {
  if (!mapped.test(address) || isIP(address) !== 6) return address;
  return new SocketAddress({ address, family: 'ipv6' }).address.replace(/^::ffff:(?=\d+\.)/, '');
}

/**
 * Read the IP address of a node that a proxy names, in X-Forwarded-For or in Forwarded (RFC 7239, 6): with or without a port,
 * IPv6 with or without brackets. Undefined for anything else, such as `unknown`, a host name or a zone, whose length callers
 * could choose.
 */
export function addressIn(node: string): string | undefined {
  if (node.length > longestNode || node.includes('%')) return undefined;
  const address = bracketed.exec(node)?.[1] ?? withPort.exec(node)?.[1] ?? node;
  return isIP(address) === 0 ? undefined : plainAddress(address);
}

/** Write an address as a node of Forwarded: IPv6 in brackets and quotes (RFC 7239, 6). */
export function nodeOf(address: string): string {
  return address.includes(':') ? `"[${address}]"` : address;
}
