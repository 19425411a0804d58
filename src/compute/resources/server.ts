import { attribute, dict, element, integer, list, record, string } from '../../schema/shapes.ts';
import { entity, links } from './links.ts';
import { metadata } from './metadata.ts';

const address = record({ version: attribute(integer()), addr: attribute(string()) });

const addresses = dict(list(address, { tag: 'ip' }), { tag: 'network', key: 'id' });

const fault = record({
  code: attribute(integer()),
  created: attribute(string()),
  message: element(string(), { always: true }),
  details: element(string(), { always: true }),
});

/** How legacy Nova's templates wrote an empty text in the place of an entity, such as the image of a server that booted from a volume. */
const nothing = { id: '', links: [{ href: '', type: '', rel: '' }] };

/** The server document that actions answer with, in the order of Nova's ServerTemplate and its adminPass and disk config slaves. */
export const server = record({
  status: attribute(string()),
  updated: attribute(string()),
  hostId: attribute(string()),
  name: attribute(string()),
  created: attribute(string()),
  user_id: attribute(string(), { xml: 'userId' }),
  tenant_id: attribute(string(), { xml: 'tenantId' }),
  accessIPv4: attribute(string()),
  accessIPv6: attribute(string()),
  progress: attribute(integer()),
  reservation_id: attribute(string()),
  id: attribute(string()),
  adminPass: attribute(string(), { secret: true }),
  'OS-DCF:diskConfig': attribute(string()),
  image: element(entity, { emptyStandsFor: nothing }),
  flavor: element(entity, { emptyStandsFor: nothing }),
  fault: element(fault),
  metadata: element(metadata, { always: true }),
  addresses: element(addresses),
  links,
});
