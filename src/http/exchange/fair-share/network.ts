/**
 * Return the network of a client's address that counts as one caller: an IPv4 address itself, and of an IPv6 address the
 * first 64 bits, because a single host may use all addresses below them.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [before = ''] = address.split('::', 1);
  const groups = before.split(':').filter((group) => group !== '');
  const first = Array.from({ length: 4 }, (_, at) => Number.parseInt(groups[at] ?? '0', 16).toString(16));
  return `${first.join(':')}::/64`;
}
