import { attribute, datetime, element, integer, jsonOnly, list, record, string } from '../../schema/words.ts';
import { noNamespace } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const networkInterface = record({
  datapath_id: attribute(string()),
  id: attribute(string()),
  port_no: attribute(integer()),
  address: attribute(string()),
});

const node = record({
  instance_uuid: attribute(string()),
  pm_address: attribute(string()),
  task_state: attribute(string()),
  uuid: attribute(string()),
  pxe_config_path: attribute(string()),
  cpus: attribute(integer()),
  updated_at: attribute(datetime()),
  memory_mb: attribute(integer()),
  service_host: attribute(string()),
  local_gb: attribute(integer()),
  id: attribute(string()),
  pm_user: attribute(string()),
  terminal_port: attribute(integer()),
  interfaces: element(list(networkInterface, { tag: 'interface' }), { always: true }),
  // Members of Nova's proxy of Ironic; no template of legacy Nova has them.
  disk_gb: jsonOnly(string()),
  host: jsonOnly(string()),
});

/** List the bare metal nodes. */
export const listBaremetalNodes = {
  name: 'listBaremetalNodes',
  method: 'GET',
  route: 'os-baremetal-nodes',
  answer: { root: 'nodes', content: list(node, { tag: 'node' }), ...noNamespace },
  status: 200,
} as const satisfies Operation;

/** Show one bare metal node. */
export const showBaremetalNode = {
  name: 'showBaremetalNode',
  method: 'GET',
  route: 'os-baremetal-nodes/{node_id}',
  answer: { root: 'node', content: node, ...noNamespace },
  status: 200,
} as const satisfies Operation;
