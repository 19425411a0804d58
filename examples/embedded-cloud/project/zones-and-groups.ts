import type { Call } from '../call/call.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { findServer } from '../servers/find-server.ts';
import { PROJECT } from '../state/seed-data.ts';

/** Respond to GET /os-availability-zone, as to everybody but administrators: without hosts. */
export function answerAvailabilityZones(): Answer {
  return jsonAnswer(200, {
    availabilityZoneInfo: [{ zoneName: 'nova', zoneState: { available: true }, hosts: null }],
  });
}

/** Respond to GET /os-security-groups with the only group. */
export function answerSecurityGroups(): Answer {
  return jsonAnswer(200, { security_groups: [DEFAULT_GROUP] });
}

/** Respond to GET /servers/{id}/os-security-groups. */
export function answerServerSecurityGroups(call: Call): Answer {
  findServer(call);
  return answerSecurityGroups();
}

const GROUP_ID = 'aec9df91-db1f-4e04-8ac6-e761d8461c53';

const DEFAULT_GROUP = {
  id: GROUP_ID,
  description: 'Default security group',
  name: 'default',
  tenant_id: PROJECT,
  rules: [
    {
      id: 'e62268aa-1a17-4ff4-ae77-ab348bfe13a7',
      parent_group_id: GROUP_ID,
      ip_protocol: null,
      from_port: null,
      to_port: null,
      group: { name: 'default', tenant_id: PROJECT },
      ip_range: {},
    },
  ],
} as const;
