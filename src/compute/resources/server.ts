import { attribute, datetime, element, inline, integer, list, record, string } from '../../schema/words.ts';
import { linked } from '../namespaces.ts';
import { addresses, coreAddresses } from './addresses.ts';
import { entity, links } from './links.ts';
import { metadata } from './metadata.ts';

const fault = record({
  code: attribute(integer()),
  created: attribute(string()),
  message: element(string(), { always: true }),
  details: element(string(), { always: true }),
});

const securityGroups = list(record({ name: attribute(string()) }), { tag: 'security_group' });

const volumes = list(record({ id: attribute(string()) }), { tag: 'os-extended-volumes:volume_attached' });

/** How legacy Nova's templates wrote an empty text in the place of an entity, such as the image of a server that booted from a volume. */
const nothing = { id: '', links: [{ href: '', type: '', rel: '' }] };

const core = {
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
  id: attribute(string()),
  adminPass: attribute(string(), { secret: true }),
};

const shownByExtensions = {
  key_name: attribute(string()),
  config_drive: attribute(string()),
  'OS-SRV-USG:terminated_at': attribute(datetime()),
  'OS-SRV-USG:launched_at': attribute(datetime()),
  'OS-EXT-STS:vm_state': attribute(string(), { xml: 'OS-EXT-SRV-ATTR:vm_state' }),
  'OS-EXT-STS:task_state': attribute(string(), { xml: 'OS-EXT-SRV-ATTR:task_state' }),
  'OS-EXT-STS:power_state': attribute(integer(), { xml: 'OS-EXT-SRV-ATTR:power_state' }),
  'OS-EXT-SRV-ATTR:instance_name': attribute(string()),
  'OS-EXT-SRV-ATTR:host': attribute(string()),
  'OS-EXT-SRV-ATTR:hypervisor_hostname': attribute(string()),
  'OS-EXT-AZ:availability_zone': attribute(string()),
};

const children = {
  'OS-DCF:diskConfig': attribute(string()),
  image: element(entity, { emptyStandsFor: nothing }),
  flavor: element(entity, { emptyStandsFor: nothing }),
  fault: element(fault),
  metadata: element(metadata, { always: true }),
  addresses: element(addresses),
  links,
};

/** A server, in the order of Nova's ServerTemplate and of what its extensions added: all that a GET shows. */
export const server = record({
  ...core,
  ...shownByExtensions,
  ...children,
  'os-extended-volumes:volumes_attached': inline(volumes),
  security_groups: element(securityGroups),
});

/** A server's document. */
export const serverDocument = { root: 'server', content: server, ...linked } as const;

/** The document of a server that was changed: of what extensions show, the disk config only. */
export const changedServerDocument = {
  root: 'server',
  content: record({ ...core, ...children, addresses: element(coreAddresses) }),
  ...linked,
} as const;
