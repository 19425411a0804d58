import { attribute, element, list, record, string } from '../../schema/words.ts';
import { noNamespace, unlinked } from '../namespaces.ts';
import type { Operation } from '../operation.ts';
import { eitherWay, trimmed } from '../resources/request-scalars.ts';

const virtualInterface = record({
  id: attribute(string()),
  mac_address: attribute(string()),
  'OS-EXT-VIF-NET:net_id': attribute(string()),
});

/** List the virtual interfaces of a server. */
export const listVirtualInterfaces = {
  name: 'listVirtualInterfaces',
  method: 'GET',
  route: 'servers/{server_id}/os-virtual-interfaces',
  answer: { root: 'virtual_interfaces', content: list(virtualInterface, { tag: 'virtual_interface' }), ...unlinked },
  status: 200,
} as const satisfies Operation;

const fixedIp = record({ subnet_id: element(string()), ip_address: element(string()) });

const attached = record({
  port_state: element(string()),
  fixed_ips: element(list(fixedIp, { tag: 'fixed_ip' })),
  port_id: element(string()),
  net_id: element(string()),
  mac_addr: element(string()),
});

const attachedDocument = {
  root: 'interfaceAttachment',
  content: attached,
  isUndeclared: true,
  ...noNamespace,
} as const;

const all = 'servers/{server_id}/os-interface';
const one = 'servers/{server_id}/os-interface/{port_id}';

/** List the ports that are attached to a server. */
export const listInterfaces = {
  name: 'listInterfaces',
  method: 'GET',
  route: all,
  answer: {
    root: 'interfaceAttachments',
    content: list(attached, { tag: 'interfaceAttachment' }),
    isUndeclared: true,
    ...noNamespace,
  },
  status: 200,
} as const satisfies Operation;

/** Show one port that is attached to a server. */
export const showInterface = {
  name: 'showInterface',
  method: 'GET',
  route: one,
  answer: attachedDocument,
  status: 200,
} as const satisfies Operation;

/** Attach a port to a server, or create one in a network. */
export const attachInterface = {
  name: 'attachInterface',
  method: 'POST',
  route: all,
  request: {
    root: 'interfaceAttachment',
    content: record(
      {
        port_id: element(trimmed, eitherWay),
        net_id: element(trimmed, eitherWay),
        // Legacy Nova's generic deserializer had no lists, and so ignored the address that its clients wrote like this.
        fixed_ips: element(list(record({ ip_address: element(trimmed, eitherWay) }), { tag: 'fixed_ip' })),
      },
      { emptyIsAbsent: { null: {}, text: {} } },
    ),
    ...noNamespace,
  },
  answer: attachedDocument,
  status: 200,
} as const satisfies Operation;

/** Detach a port from a server. */
export const detachInterface = {
  name: 'detachInterface',
  method: 'DELETE',
  route: one,
  status: 202,
} as const satisfies Operation;
