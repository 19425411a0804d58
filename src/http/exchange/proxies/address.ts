import { isIP } from 'node:net';

/** The longest form of a node: an IPv6 address in brackets with a port. */
const longestNode = 53;
const bracketed = /^\[([\da-f:.]+)\](?::\d{1,5})?$/i;
const withPort = /^(\d+(?:\.\d+){3}):\d{1,5}$/;
/** An IPv4 address as a socket shows it that listens on IPv6 too. */
const mapped = /^::ffff:(?=\d+\.)/i;

/**
 * Read the IP address of a node that a proxy names, in X-Forwarded-For or in Forwarded (RFC 7239, 6): with or without a port,
 * IPv6 with or without brackets. Undefined for anything else, such as `unknown`, a host name or a zone, whose length callers
 * could choose.
 */
export function addressIn(node: string): string | undefined {
  if (node.length > longestNode || node.includes('%')) return undefined;
  const address = bracketed.exec(node)?.[1] ?? withPort.exec(node)?.[1] ?? node;
  return isIP(address) === 0 ? undefined : address.replace(mapped, '');
}

/** Write an address as a node of Forwarded: IPv6 in brackets and quotes (RFC 7239, 6). */
export function nodeOf(address: string): string {
  return address.includes(':') ? `"[${address}]"` : address;
}
