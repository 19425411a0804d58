import { resourcePathOf } from './path-facts.ts';

/**
 * The resources of legacy and of modern Nova below a project, each with the words that may follow it or one of its items. The
 * names of forwarded calls are made of them, so that callers cannot add names.
 * test/compute/call-names.test.ts compares them with the operations, and with Nova's own routes.
 */
const resources: Readonly<Record<string, readonly string[]>> = {
  consoles: [],
  extensions: [],
  flavors: ['action', 'detail', 'os-extra_specs', 'os-flavor-access'],
  images: ['detail', 'metadata'],
  limits: [],
  servers: [
    'action',
    'consoles',
    'detail',
    'diagnostics',
    'ips',
    'metadata',
    'migrations',
    'os-instance-actions',
    'os-interface',
    'os-security-groups',
    'os-server-password',
    'os-virtual-interfaces',
    'os-volume_attachments',
    'remote-consoles',
    'shares',
    'tags',
    'topology',
  ],
  'os-agents': [],
  'os-aggregates': ['action', 'images'],
  'os-assisted-volume-snapshots': [],
  'os-availability-zone': ['detail'],
  'os-baremetal-nodes': ['action'],
  'os-cells': ['capacities', 'detail', 'info', 'sync_instances'],
  'os-certificates': [],
  'os-cloudpipe': ['configure-project'],
  'os-console-auth-tokens': [],
  'os-coverage': ['action'],
  'os-fixed-ips': ['action'],
  'os-floating-ip-dns': ['entries'],
  'os-floating-ip-pools': [],
  'os-floating-ips': [],
  'os-floating-ips-bulk': ['delete'],
  'os-fping': [],
  'os-hosts': ['reboot', 'shutdown', 'startup'],
  'os-hypervisors': ['detail', 'search', 'servers', 'statistics', 'uptime'],
  'os-instance_usage_audit_log': [],
  'os-keypairs': [],
  'os-migrations': [],
  'os-networks': ['action', 'add'],
  'os-quota-class-sets': [],
  'os-quota-sets': ['defaults', 'detail'],
  'os-security-group-default-rules': [],
  'os-security-group-rules': [],
  'os-security-groups': [],
  'os-server-external-events': [],
  'os-server-groups': [],
  'os-services': ['disable', 'disable-log-reason', 'enable', 'force-down'],
  'os-simple-tenant-usage': [],
  'os-snapshots': ['detail'],
  'os-tenant-networks': [],
  'os-virtual-interfaces': [],
  'os-volumes': ['detail'],
  'os-volumes_boot': ['action', 'detail'],
};

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** The name of what is none of these. */
const other = 'other';

/** Name the resource of a call, such as `servers/action`; `other` if neither legacy nor modern Nova had it. */
export function resourceOfCall(url: string): string {
  const [collection = '', ...rest] = resourcePathOf(url);
  const words = Object.hasOwn(resources, collection) ? resources[collection] : undefined;
  if (words === undefined) return other;
  // The word follows the collection or an item of it.
  const below = rest.slice(0, 2).find((segment) => words.includes(segment));
  return below === undefined ? collection : `${collection}/${below}`;
}

/**
 * Name a call by its method and the resource that {@link resourceOfCall} found, such as `GET os-certificates`; `other` for what
 * neither legacy nor modern Nova had.
 */
export function callNameOf(method: string, resource: string): string {
  return resource === other || !methods.has(method) ? other : `${method} ${resource}`;
}
