import type { rebuild } from '../compute/operations/rebuild.ts';
import { carryPersonality, type UserDataRules } from './user-data/carry-personality.ts';
import { microversion } from './microversion.ts';
import { trimmed } from './rewrites.ts';
import type { Carry, Forward, MemberTable, Profile, RequestOf } from './profile.ts';

const forward: Forward = { kind: 'forward' };

/** The last microversion that injects files. */
const lastPersonality = microversion('2.56');

/** A Nova with microversions. @param personality whether files go as personality while Nova takes it, or always as user_data */
export function novaProfile(personality: 'native' | 'user-data', rules: UserDataRules): Profile {
  const asUserData: Carry = carryPersonality(rules);
  const rebuildMembers: MemberTable<RequestOf<typeof rebuild>> = {
    imageRef: forward,
    name: trimmed,
    adminPass: forward,
    accessIPv4: forward,
    accessIPv6: forward,
    'OS-DCF:diskConfig': forward,
    preserve_ephemeral: forward,
    metadata: forward,
    personality: personality === 'native' ? { ...forward, until: lastPersonality, beyond: asUserData } : asUserData,
    key_name: { ...forward, since: microversion('2.54') },
    user_data: { ...forward, since: microversion('2.57') },
  };
  return { name: 'nova', members: { rebuild: rebuildMembers } };
}
