import { attribute, element, integer, jsonOnly, list, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const numberAttribute = attribute(integer());
const textAttribute = attribute(string());

const brief = {
  id: numberAttribute,
  hypervisor_hostname: textAttribute,
  state: jsonOnly(string()),
  status: jsonOnly(string()),
};

const hypervisor = record({
  vcpus_used: numberAttribute,
  hypervisor_type: textAttribute,
  local_gb_used: numberAttribute,
  host_ip: textAttribute,
  hypervisor_hostname: textAttribute,
  memory_mb_used: numberAttribute,
  memory_mb: numberAttribute,
  current_workload: numberAttribute,
  vcpus: numberAttribute,
  cpu_info: textAttribute,
  running_vms: numberAttribute,
  free_disk_gb: numberAttribute,
  hypervisor_version: numberAttribute,
  disk_available_least: numberAttribute,
  local_gb: numberAttribute,
  free_ram_mb: numberAttribute,
  id: numberAttribute,
  state: jsonOnly(string()),
  status: jsonOnly(string()),
  service: element(record({ host: textAttribute, id: numberAttribute, disabled_reason: jsonOnly(string()) })),
});

const briefs = { root: 'hypervisors', content: list(record(brief), { tag: 'hypervisor' }), ...noNamespace } as const;

/** List the hypervisors by id and host name. */
export const listHypervisors = {
  name: 'listHypervisors',
  method: 'GET',
  route: 'os-hypervisors',
  answer: briefs,
  status: 200,
} as const satisfies Operation;

/** List the hypervisors with all details. */
export const listHypervisorsDetail = {
  name: 'listHypervisorsDetail',
  method: 'GET',
  route: 'os-hypervisors/detail',
  answer: { root: 'hypervisors', content: list(hypervisor, { tag: 'hypervisor' }), ...noNamespace },
  status: 200,
} as const satisfies Operation;

/** Show one hypervisor. */
export const showHypervisor = {
  name: 'showHypervisor',
  method: 'GET',
  route: 'os-hypervisors/{hypervisor_id}',
  answer: { root: 'hypervisor', content: hypervisor, ...noNamespace },
  status: 200,
} as const satisfies Operation;

/** Show the capacity and use of all hypervisors together. */
export const showHypervisorStatistics = {
  name: 'showHypervisorStatistics',
  method: 'GET',
  route: 'os-hypervisors/statistics',
  answer: {
    root: 'hypervisor_statistics',
    content: record({
      count: numberAttribute,
      vcpus_used: numberAttribute,
      local_gb_used: numberAttribute,
      memory_mb: numberAttribute,
      current_workload: numberAttribute,
      vcpus: numberAttribute,
      running_vms: numberAttribute,
      free_disk_gb: numberAttribute,
      disk_available_least: numberAttribute,
      local_gb: numberAttribute,
      free_ram_mb: numberAttribute,
      memory_mb_used: numberAttribute,
    }),
    ...noNamespace,
  },
  status: 200,
} as const satisfies Operation;

/** Show the uptime of a hypervisor. */
export const showHypervisorUptime = {
  name: 'showHypervisorUptime',
  method: 'GET',
  route: 'os-hypervisors/{hypervisor_id}/uptime',
  answer: { root: 'hypervisor', content: record({ uptime: textAttribute, ...brief }), ...noNamespace },
  status: 200,
} as const satisfies Operation;

/** List the hypervisors whose host name contains a text. */
export const searchHypervisors = {
  name: 'searchHypervisors',
  method: 'GET',
  route: 'os-hypervisors/{hypervisor_hostname}/search',
  answer: briefs,
  status: 200,
} as const satisfies Operation;

const withServers = record({
  ...brief,
  servers: element(list(record({ name: textAttribute, uuid: textAttribute }), { tag: 'server' }), { always: true }),
});

/** List the hypervisors whose host name contains a text, with their servers. */
export const listHypervisorServers = {
  name: 'listHypervisorServers',
  method: 'GET',
  route: 'os-hypervisors/{hypervisor_hostname}/servers',
  answer: { root: 'hypervisors', content: list(withServers, { tag: 'hypervisor' }), ...noNamespace },
  status: 200,
} as const satisfies Operation;
