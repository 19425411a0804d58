import { microversion } from '../microversion.ts';
import type { MemberTables, Profile } from '../profile.ts';
import { newServer, renaming, swapping } from './shared-members.ts';
import { forward, keyName, trimmed, withUserData } from '../treatments.ts';
import { carryPersonality, ofNewServer, type UserDataRules } from '../user-data/carry-personality.ts';

/** The last microversion that injects files. */
const lastPersonality = microversion('2.56');

/** A Nova with microversions. @param personality whether files go as personality while Nova takes it, or always as user_data */
export function novaProfile(personality: 'native' | 'user-data', rules: UserDataRules): Profile {
  const asUserData = carryPersonality(rules);
  const rebuild: MemberTables['rebuild'] = {
    imageRef: forward,
    name: trimmed,
    adminPass: forward,
    accessIPv4: forward,
    accessIPv6: forward,
    'OS-DCF:diskConfig': forward,
    preserve_ephemeral: forward,
    metadata: forward,
    personality: personality === 'native' ? { ...forward, until: lastPersonality, beyond: asUserData } : asUserData,
    key_name: keyName,
    user_data: { ...forward, since: withUserData },
  };
  const createServer: MemberTables['createServer'] = {
    ...newServer,
    personality: personality === 'native' ? forward : carryPersonality(rules, ofNewServer),
  };
  return { name: 'nova', members: { rebuild, createServer, ...renaming, ...swapping } };
}
