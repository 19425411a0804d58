/** The groups of an IPv6 address that belong to a /48, which is what a site has (RFC 6177). */
const sitesGroups = 3;

/**
 * Return the network of a client's address that the ledger keeps in the place of the address: wide enough that it names no single
 * person or machine, and narrow enough that an operator recognises the site. /24 of IPv4, /48 of IPv6, `unix` for `''`.
 */
export function wideNetworkOf(address: string): string {
  if (address === '') return 'unix';
  if (!address.includes(':')) return `${address.slice(0, address.lastIndexOf('.'))}.0/24`;
  const [before = ''] = address.split('::', 1);
  const given = before.split(':');
  const groups = Array.from({ length: sitesGroups }, (_, at) => Number.parseInt(given[at] || '0', 16));
  while (groups.at(-1) === 0) groups.pop();
  return `${groups.map((group) => group.toString(16)).join(':')}::/48`;
}
