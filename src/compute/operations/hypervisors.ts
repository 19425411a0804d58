import { attribute, element, integer, jsonOnly, list, record, string } from '../../schema/words.ts';
import { none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const number = attribute(integer());
const word = attribute(string());

const brief = {
  id: number,
  hypervisor_hostname: word,
  state: jsonOnly(string()),
  status: jsonOnly(string()),
};

const hypervisor = record({
  vcpus_used: number,
  hypervisor_type: word,
  local_gb_used: number,
  host_ip: word,
  hypervisor_hostname: word,
  memory_mb_used: number,
  memory_mb: number,
  current_workload: number,
  vcpus: number,
  cpu_info: word,
  running_vms: number,
  free_disk_gb: number,
  hypervisor_version: number,
  disk_available_least: number,
  local_gb: number,
  free_ram_mb: number,
  id: number,
  state: jsonOnly(string()),
  status: jsonOnly(string()),
  service: element(record({ host: word, id: number, disabled_reason: jsonOnly(string()) })),
});

const briefs = { root: 'hypervisors', content: list(record(brief), { tag: 'hypervisor' }), ...none } as const;

/** The ids and names of hypervisors: GET os-hypervisors. */
export const listHypervisors = {
  name: 'listHypervisors',
  method: 'GET',
  route: 'os-hypervisors',
  answer: briefs,
  status: 200,
} as const satisfies Operation;

/** Hypervisors with all that there is to show: GET os-hypervisors/detail. */
export const listHypervisorsDetail = {
  name: 'listHypervisorsDetail',
  method: 'GET',
  route: 'os-hypervisors/detail',
  answer: { root: 'hypervisors', content: list(hypervisor, { tag: 'hypervisor' }), ...none },
  status: 200,
} as const satisfies Operation;

/** One hypervisor: GET os-hypervisors/{hypervisor_id}. */
export const showHypervisor = {
  name: 'showHypervisor',
  method: 'GET',
  route: 'os-hypervisors/{hypervisor_id}',
  answer: { root: 'hypervisor', content: hypervisor, ...none },
  status: 200,
} as const satisfies Operation;

/** What all hypervisors have and use together: GET os-hypervisors/statistics. */
export const showHypervisorStatistics = {
  name: 'showHypervisorStatistics',
  method: 'GET',
  route: 'os-hypervisors/statistics',
  answer: {
    root: 'hypervisor_statistics',
    content: record({
      count: number,
      vcpus_used: number,
      local_gb_used: number,
      memory_mb: number,
      current_workload: number,
      vcpus: number,
      running_vms: number,
      free_disk_gb: number,
      disk_available_least: number,
      local_gb: number,
      free_ram_mb: number,
      memory_mb_used: number,
    }),
    ...none,
  },
  status: 200,
} as const satisfies Operation;

/** How long a hypervisor has been up: GET os-hypervisors/{hypervisor_id}/uptime. */
export const showHypervisorUptime = {
  name: 'showHypervisorUptime',
  method: 'GET',
  route: 'os-hypervisors/{hypervisor_id}/uptime',
  answer: { root: 'hypervisor', content: record({ uptime: word, ...brief }), ...none },
  status: 200,
} as const satisfies Operation;

/** The hypervisors whose names have a text in them: GET os-hypervisors/{hypervisor_hostname}/search. */
export const searchHypervisors = {
  name: 'searchHypervisors',
  method: 'GET',
  route: 'os-hypervisors/{hypervisor_hostname}/search',
  answer: briefs,
  status: 200,
} as const satisfies Operation;

const withServers = record({
  ...brief,
  servers: element(list(record({ name: word, uuid: word }), { tag: 'server' }), { always: true }),
});

/** The same with their servers: GET os-hypervisors/{hypervisor_hostname}/servers. */
export const listHypervisorServers = {
  name: 'listHypervisorServers',
  method: 'GET',
  route: 'os-hypervisors/{hypervisor_hostname}/servers',
  answer: { root: 'hypervisors', content: list(withServers, { tag: 'hypervisor' }), ...none },
  status: 200,
} as const satisfies Operation;
