import { element, list, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const network = record({ cidr: element(string()), id: element(string()), label: element(string()) });

/** List the networks of the project. */
export const listTenantNetworks = {
  name: 'listTenantNetworks',
  method: 'GET',
  route: 'os-tenant-networks',
  answer: { root: 'networks', content: list(network, { tag: 'network' }), isUndeclared: true, ...noNamespace },
  status: 200,
} as const satisfies Operation;

/** Show one network of the project. */
export const showTenantNetwork = {
  name: 'showTenantNetwork',
  method: 'GET',
  route: 'os-tenant-networks/{network_id}',
  answer: { root: 'network', content: network, isUndeclared: true, ...noNamespace },
  status: 200,
} as const satisfies Operation;
