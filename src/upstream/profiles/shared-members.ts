import { leftOutOnV2, refusedUnaided } from '../../schema/unaided.ts';
import type { Drop, MemberTables } from '../profile.ts';
import { forwarded, trimmedImageName, trimmedName } from '../treatments.ts';

/** The treatments of a new server that every profile starts from. */
export const newServerMembers = {
  name: trimmedName,
  imageRef: forwarded,
  flavorRef: forwarded,
  adminPass: forwarded,
  accessIPv4: forwarded,
  accessIPv6: forwarded,
  key_name: forwarded,
  availability_zone: forwarded,
  min_count: forwarded,
  max_count: forwarded,
  return_reservation_id: forwarded,
  config_drive: forwarded,
  'OS-DCF:diskConfig': forwarded,
  metadata: forwarded,
  personality: forwarded,
  user_data: forwarded,
  networks: forwarded,
  security_groups: forwarded,
  block_device_mapping: forwarded,
  block_device_mapping_v2: forwarded,
  'os:scheduler_hints': forwarded,
} as const satisfies MemberTables['createServer'];

/** The treatments of swapVolume. The new volume gets the device of the old one: legacy Nova ignored a device in the request. */
export const volumeMembers = {
  swapVolume: {
    volumeId: forwarded,
    device: { kind: 'drop', unaided: leftOutOnV2, because: 'the volume keeps the device of the one before it' },
  },
} as const satisfies Partial<MemberTables>;

/** The treatment of an access address: an empty one cleared it in legacy Nova, and modern Nova refuses it. */
const accessAddress: Drop = {
  kind: 'drop',
  unaided: refusedUnaided,
  ifEmpty: true,
  because: 'this cloud cannot clear an access address',
};

/** The treatments of other requests with a name: modern Nova refuses white space around it. */
export const nameMembers = {
  updateServer: {
    name: trimmedName,
    accessIPv4: accessAddress,
    accessIPv6: accessAddress,
    'OS-DCF:diskConfig': forwarded,
  },
  createImage: { name: trimmedImageName, metadata: forwarded },
} as const satisfies Partial<MemberTables>;
