/** The namespaces of the legacy API's documents (source: the templates of Nova 2014.1). */

import type { Message } from '../schema/shapes.ts';

/** The namespaces that a document declares. */
type Declared = Pick<Message, 'namespaces' | 'extensions'>;

/** The namespace of links and of Atom feeds. */
export const atom = 'http://www.w3.org/2005/Atom';
const compute = 'http://docs.openstack.org/compute/api/v1.1';
const ext = 'http://docs.openstack.org/compute/ext';

/**
 * The namespaces of members that extensions add to a resource: prefix to URI. OS-EXT-SRV-ATTR has the URI of OS-EXT-STS,
 * a mistake of legacy Nova on which clients may depend.
 */
const extensions = {
  'OS-DCF': `${ext}/disk_config/api/v1.1`,
  'OS-EXT-AZ': `${ext}/extended_availability_zone/api/v2`,
  'OS-EXT-IMG-SIZE': `${ext}/image_size/api/v1.1`,
  'OS-EXT-IPS': `${ext}/extended_ips/api/v1.1`,
  'OS-EXT-IPS-MAC': `${ext}/extended_ips_mac/api/v1.1`,
  'OS-EXT-SRV-ATTR': `${ext}/extended_status/api/v1.1`,
  'OS-EXT-STS': `${ext}/extended_status/api/v1.1`,
  'OS-EXT-VIF-NET': `${ext}/extended-virtual-interfaces-net/api/v1.1`,
  'OS-FLV-DISABLED': `${ext}/flavor_disabled/api/v1.1`,
  'OS-FLV-EXT-DATA': `${ext}/flavor_extra_data/api/v1.1`,
  'OS-SCH-HNT': `${ext}/scheduler-hints/api/v2`,
  'OS-SRV-USG': `${ext}/server_usage/api/v1.1`,
  'os-extended-volumes': `${ext}/extended_volumes/api/v1.1`,
  'os-flavor-access': `${ext}/flavor_access/api/v2`,
} as const;

/** Documents of the compute API that hold links. */
export const linked: Declared = { namespaces: { atom, '': compute }, extensions };

/** Documents of the compute API without links. */
export const unlinked: Declared = { namespaces: { '': compute }, extensions };

/** Documents of the API that is common to the OpenStack services of that time: limits, extensions, versions. */
export const common: Declared = {
  namespaces: { atom, '': 'http://docs.openstack.org/common/api/v1.0' },
  extensions: {},
};

/**
 * Documents without a namespace: those of most extensions, whose templates named none, and those of Nova's generic
 * serializer. The prefix of an extension is still declared if a member has it.
 */
export const noNamespace: Declared = { namespaces: {}, extensions };
