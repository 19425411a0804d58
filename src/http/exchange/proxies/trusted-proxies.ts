import { BlockList, isIP } from 'node:net';

/** The fields in which a trusted proxy describes the request that it received. */
export type ForwardingFields = 'auto' | 'x-forwarded' | 'forwarded';

/** The proxies in front of the gateway whose description of the caller counts. */
export interface TrustedProxies {
  /** Check an address; `''` is the peer of a unix socket. */
  readonly trusts: (address: string) => boolean;
  readonly fields: ForwardingFields;
}

/** The networks of the names that the setting allows. */
const namedNetworks: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/**
 * Create the check of addresses. @param networks addresses, networks and names, as the setting has parsed them; `unix` trusts
 * every process that may open the unix socket
 */
export function trustedProxies(networks: readonly string[], fields: ForwardingFields = 'auto'): TrustedProxies {
  if (networks.length === 0) return { trusts: () => false, fields };
  const list = new BlockList();
  const trustsUnix = networks.includes('unix');
  for (const network of networks.flatMap((name) => namedNetworks[name] ?? [name])) addTo(list, network);
  return { trusts: (address) => (address === '' ? trustsUnix : list.check(address, familyOf(address))), fields };
}

function addTo(list: BlockList, network: string): void {
  const [address = '', prefix] = network.split('/');
  if (isIP(address) === 0) return;
  if (prefix === undefined) list.addAddress(address, familyOf(address));
  else list.addSubnet(address, Number(prefix), familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}
