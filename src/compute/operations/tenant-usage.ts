import { datetime, decimal, element, integer, list, record, string } from '../../schema/words.ts';
import { none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const always = { always: true } as const;
const word = element(string(), always);
const whole = element(integer(), always);
const amount = element(decimal(), always);
const time = element(datetime(), always);

const serverUsage = record({
  instance_id: word,
  name: word,
  hours: amount,
  memory_mb: whole,
  local_gb: whole,
  vcpus: whole,
  tenant_id: word,
  flavor: word,
  started_at: time,
  ended_at: time,
  state: word,
  uptime: whole,
});

const usage = record({
  tenant_id: word,
  total_local_gb_usage: amount,
  total_vcpus_usage: amount,
  total_memory_mb_usage: amount,
  total_hours: amount,
  start: time,
  stop: time,
  server_usages: element(list(serverUsage, { tag: 'server_usage' }), always),
});

/** What every project used: GET os-simple-tenant-usage. */
export const listTenantUsages = {
  name: 'listTenantUsages',
  method: 'GET',
  route: 'os-simple-tenant-usage',
  answer: { root: 'tenant_usages', content: list(usage, { tag: 'tenant_usage' }), ...none },
  status: 200,
} as const satisfies Operation;

/** What a project used, server by server: GET os-simple-tenant-usage/{project_id}. */
export const showTenantUsage = {
  name: 'showTenantUsage',
  method: 'GET',
  route: 'os-simple-tenant-usage/{project_id}',
  answer: { root: 'tenant_usage', content: usage, ...none },
  status: 200,
} as const satisfies Operation;
