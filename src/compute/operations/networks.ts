import { boolean, datetime, element, integer, jsonOnly, list, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

/**
 * A network with everything that administrators see, in the order of the live Nova's dictionary. Other callers get the
 * members about addresses. Nova's generic serializer wrote `deleted` as a truth: 0 and null are False.
 */
const network = record({
  bridge: element(string()),
  vpn_public_port: element(integer()),
  dhcp_start: element(string()),
  bridge_interface: element(string()),
  updated_at: element(datetime()),
  id: element(string()),
  cidr_v6: element(string()),
  deleted_at: element(datetime()),
  gateway: element(string()),
  rxtx_base: element(integer()),
  label: element(string()),
  priority: element(integer()),
  project_id: element(string()),
  vpn_private_address: element(string()),
  deleted: element(boolean({ asTruth: true })),
  vlan: element(integer()),
  broadcast: element(string()),
  netmask: element(string()),
  injected: element(boolean()),
  cidr: element(string()),
  vpn_public_address: element(string()),
  multi_host: element(boolean()),
  dns2: element(string()),
  created_at: element(datetime()),
  host: element(string()),
  gateway_v6: element(string()),
  netmask_v6: element(string()),
  dns1: element(string()),
  // Nova added these after 2014.1.
  mtu: jsonOnly(integer()),
  dhcp_server: jsonOnly(string()),
  enable_dhcp: jsonOnly(boolean()),
  share_address: jsonOnly(boolean()),
});

/** List the networks that the caller can see. */
export const listNetworks = {
  name: 'listNetworks',
  method: 'GET',
  route: 'os-networks',
  answer: { root: 'networks', content: list(network, { tag: 'network' }), isUndeclared: true, ...noNamespace },
  status: 200,
} as const satisfies Operation;

/** Show one network. */
export const showNetwork = {
  name: 'showNetwork',
  method: 'GET',
  route: 'os-networks/{network_id}',
  answer: { root: 'network', content: network, isUndeclared: true, ...noNamespace },
  status: 200,
} as const satisfies Operation;
