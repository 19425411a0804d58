import { element, list, record, string } from '../../schema/words.ts';
import { none } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const network = record({ cidr: element(string()), id: element(string()), label: element(string()) });

/** The project's networks: GET os-tenant-networks. */
export const listTenantNetworks = {
  name: 'listTenantNetworks',
  method: 'GET',
  route: 'os-tenant-networks',
  answer: { root: 'networks', content: list(network, { tag: 'network' }), isUndeclared: true, ...none },
  status: 200,
} as const satisfies Operation;

/** One of the project's networks: GET os-tenant-networks/{network_id}. */
export const showTenantNetwork = {
  name: 'showTenantNetwork',
  method: 'GET',
  route: 'os-tenant-networks/{network_id}',
  answer: { root: 'network', content: network, isUndeclared: true, ...none },
  status: 200,
} as const satisfies Operation;
