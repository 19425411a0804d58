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

const enabling = (setting: string) =>
  element(string({ format: 'enableOrDisable', formatRefusal: `Invalid ${setting}: '{text}'` }));

/** Let the scheduler use a host or not, and put it into maintenance or out of it. JSON has the members without one around them. */
export const updateHost = {
  name: 'updateHost',
  method: 'PUT',
  route: 'os-hosts/{host_name}',
  request: {
    root: 'updates',
    isBare: true,
    content: record({ status: enabling('status'), maintenance_mode: enabling('mode') }),
    ...noNamespace,
  },
  answer: {
    root: 'host',
    isBare: true,
    content: record({
      status: attribute(string()),
      maintenance_mode: attribute(string()),
      host: attribute(string(), { required: true }),
    }),
    ...noNamespace,
  },
  status: 200,
} as const satisfies Operation;

/** The answer of the three power actions, which legacy Nova carried out with GET. */
const powerAction = {
  method: 'GET',
  answer: {
    root: 'host',
    isBare: true,
    content: record({ host: attribute(string(), { required: true }), power_action: attribute(string()) }),
    ...noNamespace,
  },
  status: 200,
} as const;

/** Start a host. */
export const startHost = {
  name: 'startHost',
  route: 'os-hosts/{host_name}/startup',
  ...powerAction,
} as const satisfies Operation;

/** Shut a host down. */
export const shutDownHost = {
  name: 'shutDownHost',
  route: 'os-hosts/{host_name}/shutdown',
  ...powerAction,
} as const satisfies Operation;

/** Reboot a host. */
export const rebootHost = {
  name: 'rebootHost',
  route: 'os-hosts/{host_name}/reboot',
  ...powerAction,
} as const satisfies Operation;
