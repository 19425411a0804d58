import type { rebuild } from '../compute/operations/rebuild.ts';
import { carryPersonality, type UserDataRules } from './user-data/carry-personality.ts';
import { microversion } from './microversion.ts';
import { trimmed } from './rewrites.ts';
import type { Drop, Forward, MemberTable, Profile, RequestOf } from './profile.ts';

const forward: Forward = { kind: 'forward' };
const unsupported: Drop = { kind: 'drop', because: 'this cloud has no such setting' };

/** An Elastic Cloud Server of the Huawei family, by its documented rebuild. */
export function ecsProfile(rules: UserDataRules): Profile {
  const rebuildMembers: MemberTable<RequestOf<typeof rebuild>> = {
    imageRef: forward,
    name: trimmed,
    adminPass: forward,
    accessIPv4: unsupported,
    accessIPv6: unsupported,
    'OS-DCF:diskConfig': unsupported,
    preserve_ephemeral: unsupported,
    metadata: forward,
    personality: carryPersonality(rules),
    key_name: { ...forward, since: microversion('2.54') },
    user_data: { ...forward, since: microversion('2.57') },
  };
  return { name: 'ecs', members: { rebuild: rebuildMembers } };
}
