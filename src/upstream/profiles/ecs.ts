import type { Drop, MemberTables, Profile } from '../profile.ts';
import { newServer, renaming, swapping } from './shared-members.ts';
import { forward, keyName, trimmed, withUserData } from '../treatments.ts';
import { carryPersonality, ofNewServer, type UserDataRules } from '../user-data/carry-personality.ts';

const unsupported: Drop = { kind: 'drop', because: 'this cloud has no such setting' };

/** An Elastic Cloud Server of the Huawei family, by its documented create and rebuild. */
export function ecsProfile(rules: UserDataRules): Profile {
  const rebuild: MemberTables['rebuild'] = {
    imageRef: forward,
    name: trimmed,
    adminPass: forward,
    accessIPv4: unsupported,
    accessIPv6: unsupported,
    'OS-DCF:diskConfig': unsupported,
    preserve_ephemeral: unsupported,
    metadata: forward,
    personality: carryPersonality(rules),
    key_name: keyName,
    user_data: { ...forward, since: withUserData },
  };
  const createServer: MemberTables['createServer'] = {
    ...newServer,
    accessIPv4: unsupported,
    accessIPv6: unsupported,
    config_drive: unsupported,
    personality: carryPersonality(rules, ofNewServer),
  };
  return { name: 'ecs', members: { rebuild, createServer, ...renaming, ...swapping } };
}
