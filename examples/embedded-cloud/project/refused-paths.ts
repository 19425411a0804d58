/** The paths that Nova's policies keep for administrators, and the policy that a 403 names. */
export const POLICIES: readonly (readonly [path: string, policy: string])[] = [
  ['servers/{server}/diagnostics', 'os-server-diagnostics'],
  ['os-availability-zone/detail', 'os-availability-zone:detail'],
  ['os-hosts', 'os-hosts:list'],
  ['os-hypervisors', 'os-hypervisors:list'],
  ['os-services', 'os-services:list'],
  ['os-aggregates', 'os-aggregates:index'],
  ['os-migrations', 'os-migrations:index'],
  ['os-simple-tenant-usage', 'os-simple-tenant-usage:list'],
  ['os-instance_usage_audit_log', 'os-instance-usage-audit-log:list'],
  ['os-baremetal-nodes', 'os-baremetal-nodes:list'],
];

/** The paths that Nova has withdrawn. */
export const GONE_PATHS: readonly string[] = [
  'servers/{server}/os-virtual-interfaces',
  'os-agents',
  'os-certificates/{certificate}',
  'os-cloudpipe',
  'os-fixed-ips/{address}',
];
