import { attribute, dict, integer, list, record, string } from '../../schema/words.ts';

/** The addresses of a server in one network, without the members of extensions. */
export const plainAddresses = list(record({ version: attribute(integer()), addr: attribute(string()) }), { tag: 'ip' });

/** The addresses of a server in one network, with the type and MAC address that extensions add. */
const networkAddresses = list(
  record({
    'OS-EXT-IPS:type': attribute(string()),
    version: attribute(integer()),
    addr: attribute(string()),
    'OS-EXT-IPS-MAC:mac_addr': attribute(string()),
  }),
  { tag: 'ip' },
);

/**
 * The options of addresses by network. ECS documents an array of objects instead; addresses in it that name no network get the
 * name of legacy Nova's first network.
 */
const byNetwork = { tag: 'network', key: 'id', unnamed: 'private' } as const;

/** The addresses of a server by network, without the members of extensions. */
export const coreAddresses = dict(plainAddresses, byNetwork);

/** The addresses of a server by network, with the members of extensions: `<network id="private"><ip version="4" addr="10.0.0.2"/></network>`. */
export const addresses = dict(networkAddresses, byNetwork);
