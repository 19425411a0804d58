import { attribute, dict, integer, list, record, string } from '../../schema/words.ts';

/** The addresses of a server in one network, as the core API has them. */
export const plainAddresses = list(record({ version: attribute(integer()), addr: attribute(string()) }), { tag: 'ip' });

/** The addresses of a server in one network; where they come from and their MAC are what extensions added. */
const networkAddresses = list(
  record({
    'OS-EXT-IPS:type': attribute(string()),
    version: attribute(integer()),
    addr: attribute(string()),
    'OS-EXT-IPS-MAC:mac_addr': attribute(string()),
  }),
  { tag: 'ip' },
);

/** The same without what extensions show. */
export const coreAddresses = dict(plainAddresses, { tag: 'network', key: 'id' });

/** The addresses of a server, by network: `<network id="private"><ip version="4" addr="10.0.0.2"/></network>`. */
export const addresses = dict(networkAddresses, { tag: 'network', key: 'id' });
