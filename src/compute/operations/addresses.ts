import { entry } from '../../schema/words.ts';
import { unlinked } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { coreAddresses, plainAddresses } from '../resources/addresses.ts';

/** List the addresses of a server by network. */
export const listAddresses = {
  name: 'listAddresses',
  method: 'GET',
  route: 'servers/{server_id}/ips',
  answer: { root: 'addresses', content: coreAddresses, ...unlinked },
  status: 200,
} as const satisfies Operation;

/** Show the addresses of a server in one network. */
export const showAddresses = {
  name: 'showAddresses',
  method: 'GET',
  route: 'servers/{server_id}/ips/{network}',
  answer: { root: 'network', isBare: true, content: entry(plainAddresses, { key: 'id' }), ...unlinked },
  status: 200,
} as const satisfies Operation;
