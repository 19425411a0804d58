import { datetime, decimal, element, integer, list, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const always = { always: true } as const;
const alwaysText = element(string(), always);
const alwaysInteger = element(integer(), always);
const alwaysDecimal = element(decimal(), always);
const alwaysTime = element(datetime(), always);

const serverUsage = record({
  instance_id: alwaysText,
  name: alwaysText,
  hours: alwaysDecimal,
  memory_mb: alwaysInteger,
  local_gb: alwaysInteger,
  vcpus: alwaysInteger,
  tenant_id: alwaysText,
  flavor: alwaysText,
  started_at: alwaysTime,
  ended_at: alwaysTime,
  state: alwaysText,
  uptime: alwaysInteger,
});

const usage = record({
  tenant_id: alwaysText,
  total_local_gb_usage: alwaysDecimal,
  total_vcpus_usage: alwaysDecimal,
  total_memory_mb_usage: alwaysDecimal,
  total_hours: alwaysDecimal,
  start: alwaysTime,
  stop: alwaysTime,
  server_usages: element(list(serverUsage, { tag: 'server_usage' }), always),
});

/** List the usage of every project. */
export const listTenantUsages = {
  name: 'listTenantUsages',
  method: 'GET',
  route: 'os-simple-tenant-usage',
  answer: { root: 'tenant_usages', content: list(usage, { tag: 'tenant_usage' }), ...noNamespace },
  status: 200,
} as const satisfies Operation;

/** Show the usage of a project by server. */
export const showTenantUsage = {
  name: 'showTenantUsage',
  method: 'GET',
  route: 'os-simple-tenant-usage/{project_id}',
  answer: { root: 'tenant_usage', content: usage, ...noNamespace },
  status: 200,
} as const satisfies Operation;
