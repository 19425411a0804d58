import { attribute, element, list, record, string } from '../../schema/words.ts';
import { none, unlinked } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const virtualInterface = record({
  id: attribute(string()),
  mac_address: attribute(string()),
  'OS-EXT-VIF-NET:net_id': attribute(string()),
});

/** The network interfaces of a server: GET servers/{server_id}/os-virtual-interfaces. */
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

const attachedDocument = { root: 'interfaceAttachment', content: attached, isUndeclared: true, ...none } as const;

const all = 'servers/{server_id}/os-interface';
const one = 'servers/{server_id}/os-interface/{port_id}';

/** The ports of a server: GET servers/{server_id}/os-interface. */
export const listInterfaces = {
  name: 'listInterfaces',
  method: 'GET',
  route: all,
  answer: {
    root: 'interfaceAttachments',
    content: list(attached, { tag: 'interfaceAttachment' }),
    isUndeclared: true,
    ...none,
  },
  status: 200,
} as const satisfies Operation;

/** One port of a server: GET servers/{server_id}/os-interface/{port_id}. */
export const showInterface = {
  name: 'showInterface',
  method: 'GET',
  route: one,
  answer: attachedDocument,
  status: 200,
} as const satisfies Operation;

const word = string({ format: 'trimmed' });
const eitherWay = { eitherWay: true } as const;

/** Attaches a port, or makes one in a network: POST servers/{server_id}/os-interface. */
export const attachInterface = {
  name: 'attachInterface',
  method: 'POST',
  route: all,
  request: {
    root: 'interfaceAttachment',
    content: record(
      {
        port_id: element(word, eitherWay),
        net_id: element(word, eitherWay),
        // Legacy Nova's generic reader knew no lists, and so lost the address that its clients wrote like this.
        fixed_ips: element(list(record({ ip_address: element(word, eitherWay) }), { tag: 'fixed_ip' })),
      },
      { emptyIsAbsent: true },
    ),
    ...none,
  },
  answer: attachedDocument,
  status: 200,
} as const satisfies Operation;

/** Detaches a port: DELETE servers/{server_id}/os-interface/{port_id}. */
export const detachInterface = {
  name: 'detachInterface',
  method: 'DELETE',
  route: one,
  status: 202,
} as const satisfies Operation;
