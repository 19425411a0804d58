import type { Call } from '../call/call.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { findServer } from '../servers/find-server.ts';
import { NETWORK } from '../state/seed-data.ts';

/** Respond to GET /os-tenant-networks with the only network. */
export function answerTenantNetworks({ cloud }: Call): Answer {
  return jsonAnswer(200, { networks: [{ id: NETWORK.id, cidr: 'None', label: cloud.profile.network.name }] });
}

/** Respond to GET /os-networks with the only network, of which Nova knows no more than its name. */
export function answerNetworks({ cloud }: Call): Answer {
  const unknown = Object.fromEntries(UNKNOWN_MEMBERS.map((member) => [member, null]));
  return jsonAnswer(200, { networks: [{ id: NETWORK.id, label: cloud.profile.network.name, ...unknown }] });
}

const UNKNOWN_MEMBERS = [
  'cidr',
  'netmask',
  'gateway',
  'broadcast',
  'dns1',
  'dns2',
  'cidr_v6',
  'gateway_v6',
  'netmask_v6',
] as const;

/** Respond to GET /servers/{id}/os-interface with the only network card. */
export function answerInterfaces(call: Call): Answer {
  const { id, address, macAddress } = findServer(call);
  const attachment = {
    net_id: NETWORK.id,
    // One port each, so that the id of the server serves as the id of its port.
    port_id: id,
    mac_addr: macAddress,
    port_state: 'ACTIVE',
    fixed_ips: [{ ip_address: address, subnet_id: NETWORK.subnetId }],
  };
  return jsonAnswer(200, { interfaceAttachments: [attachment] });
}

/** Respond to a list of which the project has nothing; `member` is its name in the document. */
export function answerEmptyList(member: string): Answer {
  return jsonAnswer(200, { [member]: [] });
}
