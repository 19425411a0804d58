import { attribute, element, integer, list, record, string } from '../../schema/words.ts';
import { none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const host = record({ zone: attribute(string()), host_name: attribute(string()), service: attribute(string()) });

/** The cloud's hosts, one for each service: GET os-hosts. */
export const listHosts = {
  name: 'listHosts',
  method: 'GET',
  route: 'os-hosts',
  answer: { root: 'hosts', content: list(host, { tag: 'host' }), ...none },
  status: 200,
} as const satisfies Operation;

const resource = record({
  project: element(string()),
  memory_mb: element(integer()),
  host: element(string()),
  cpu: element(integer()),
  disk_gb: element(integer()),
});

/** What a host has, and which project uses what of it: GET os-hosts/{host_name}. */
export const showHost = {
  name: 'showHost',
  method: 'GET',
  route: 'os-hosts/{host_name}',
  answer: { root: 'host', content: list(resource, { tag: 'resource', wrapped: 'resource' }), ...none },
  status: 200,
} as const satisfies Operation;
