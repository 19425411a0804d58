import type { MemberTables } from '../profile.ts';
import { forward, trimmed } from '../treatments.ts';

/** What becomes of the members of a new server wherever it is made. */
export const newServer = {
  name: trimmed,
  imageRef: forward,
  flavorRef: forward,
  adminPass: forward,
  accessIPv4: forward,
  accessIPv6: forward,
  key_name: forward,
  availability_zone: forward,
  min_count: forward,
  max_count: forward,
  return_reservation_id: forward,
  config_drive: forward,
  'OS-DCF:diskConfig': forward,
  metadata: forward,
  personality: forward,
  user_data: forward,
  networks: forward,
  security_groups: forward,
  block_device_mapping: forward,
  block_device_mapping_v2: forward,
  'os:scheduler_hints': forward,
} as const satisfies MemberTables['createServer'];

/** The device of a volume that takes another's place is the other's; legacy Nova ignored what was asked for. */
export const swapping = {
  swapVolume: {
    volumeId: forward,
    device: { kind: 'drop', because: 'the volume keeps the device of the one before it' },
  },
} as const satisfies Partial<MemberTables>;

/** Modern Nova refuses white space around names, wherever they are given. */
export const renaming = {
  updateServer: { name: trimmed, accessIPv4: forward, accessIPv6: forward, 'OS-DCF:diskConfig': forward },
  createImage: { name: trimmed, metadata: forward },
} as const satisfies Partial<MemberTables>;
