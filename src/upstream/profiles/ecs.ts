import type { Drop, MemberTables, Profile } from '../profile.ts';
import { nameMembers, newServerMembers, volumeMembers } from './shared-members.ts';
import { forwarded, rebuildKeyName, trimmedName, rebuildUserDataVersion } from '../treatments.ts';
import { carryPersonality, ofNewServer, type UserDataRules } from '../user-data/carry-personality.ts';

const unsupported: Drop = { kind: 'drop', because: 'this cloud has no such setting' };

/** Make the profile of an Elastic Cloud Server of the Huawei family (source: its documentation of create and rebuild). */
export function ecsProfile(rules: UserDataRules): Profile {
  const rebuild: MemberTables['rebuild'] = {
    imageRef: forwarded,
    name: trimmedName,
    adminPass: forwarded,
    accessIPv4: unsupported,
    accessIPv6: unsupported,
    'OS-DCF:diskConfig': unsupported,
    preserve_ephemeral: unsupported,
    metadata: forwarded,
    personality: carryPersonality(rules),
    key_name: rebuildKeyName,
    user_data: { ...forwarded, since: rebuildUserDataVersion },
  };
  const createServer: MemberTables['createServer'] = {
    ...newServerMembers,
    accessIPv4: unsupported,
    accessIPv6: unsupported,
    config_drive: unsupported,
    personality: carryPersonality(rules, ofNewServer),
  };
  return { name: 'ecs', members: { rebuild, createServer, ...nameMembers, ...volumeMembers } };
}
