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

/** The entity that legacy Nova's XML showed for an empty text, such as the image of a server that booted from a volume. */
const emptyEntity = { id: '', links: [{ href: '', type: '', rel: '' }] };

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

/** The members that only administrators see. */
const forAdministrators = {
  'OS-EXT-SRV-ATTR:instance_name': attribute(string()),
  'OS-EXT-SRV-ATTR:host': attribute(string()),
  'OS-EXT-SRV-ATTR:hypervisor_hostname': attribute(string()),
};

/**
 * The name of a status attribute. Legacy Nova bound the prefixes of both extensions to one URI, so that an answer with members
 * for administrators had their prefix on the status too.
 */
const statusName = <const Name extends string>(name: Name) =>
  ({ xmlBeside: { members: Object.keys(forAdministrators), xml: `OS-EXT-SRV-ATTR:${name}` } }) as const;

const shownByExtensions = {
  key_name: attribute(string()),
  config_drive: attribute(string()),
  'OS-SRV-USG:terminated_at': attribute(datetime()),
  'OS-SRV-USG:launched_at': attribute(datetime()),
  'OS-EXT-STS:vm_state': attribute(string(), statusName('vm_state')),
  'OS-EXT-STS:task_state': attribute(string(), statusName('task_state')),
  'OS-EXT-STS:power_state': attribute(integer(), statusName('power_state')),
  ...forAdministrators,
  'OS-EXT-AZ:availability_zone': attribute(string()),
};

const children = {
  'OS-DCF:diskConfig': attribute(string()),
  image: element(entity, { emptyStandsFor: emptyEntity }),
  flavor: element(entity, { emptyStandsFor: emptyEntity }),
  fault: element(fault),
  metadata: element(metadata, { always: true }),
  addresses: element(addresses),
  links,
};

/** A server with all details, in the order of Nova's ServerTemplate and of its extensions' templates. */
export const server = record({
  ...core,
  ...shownByExtensions,
  ...children,
  'os-extended-volumes:volumes_attached': inline(volumes),
  security_groups: element(securityGroups),
});

/** The document of a server with all details. */
export const serverDocument = { root: 'server', content: server, ...linked } as const;

/** The document of a server after a change. Its only extension member is the disk config. */
export const changedServerDocument = {
  root: 'server',
  content: record({ ...core, ...children, addresses: element(coreAddresses) }),
  ...linked,
} as const;
