/** The namespaces of the legacy API's documents (source: the templates of Nova 2014.1). */

/** Declared on every document of the compute API. */
export const computeNamespaces = {
  atom: 'http://www.w3.org/2005/Atom',
  '': 'http://docs.openstack.org/compute/api/v1.1',
} as const;

/** Prefix to URI of what extensions add. */
export const extensionNamespaces = {
  'OS-DCF': 'http://docs.openstack.org/compute/ext/disk_config/api/v1.1',
} as const;
