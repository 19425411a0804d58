import { attribute, element, integer, list, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const host = record({ zone: attribute(string()), host_name: attribute(string()), service: attribute(string()) });

/** List the hosts of the cloud, one entry for each service. */
export const listHosts = {
  name: 'listHosts',
  method: 'GET',
  route: 'os-hosts',
  answer: { root: 'hosts', content: list(host, { tag: 'host' }), ...noNamespace },
  status: 200,
} as const satisfies Operation;

const resource = record({
  project: element(string()),
  memory_mb: element(integer()),
  host: element(string()),
  cpu: element(integer()),
  disk_gb: element(integer()),
});

/** Show the capacity of a host, and its use by project. */
export const showHost = {
  name: 'showHost',
  method: 'GET',
  route: 'os-hosts/{host_name}',
  answer: { root: 'host', content: list(resource, { tag: 'resource', wrapped: 'resource' }), ...noNamespace },
  status: 200,
} as const satisfies Operation;
