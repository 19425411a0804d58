/**
 * Return the network of a client's address that counts as one caller: an IPv4 address itself, and of an IPv6 address the
 * first 56 bits, which providers give to a single customer (RFC 6177): one host may use all addresses below them.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [before = ''] = address.split('::', 1);
  const groups = before.split(':').filter((group) => group !== '');
  const first = masks.map((mask, at) => (Number.parseInt(groups[at] ?? '0', 16) & mask).toString(16));
  return `${first.join(':')}::/56`;
}

/** The bits of the first four groups that belong to the network. */
const masks = [0xffff, 0xffff, 0xffff, 0xff00] as const;
