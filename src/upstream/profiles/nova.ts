import { ignoredUnaided, refusedUnaided } from '../../schema/unaided.ts';
import { microversion } from '../microversion.ts';
import type { MemberTables, Profile } from '../profile.ts';
import { nameMembers, newServerMembers, volumeMembers } from './shared-members.ts';
import { forwarded, rebuildKeyName, trimmedName, rebuildUserDataVersion } from '../treatments.ts';
import { carryPersonality, ofNewServer } from '../user-data/carry-personality.ts';
import { userDataWithin, type UserDataRules } from '../user-data/limit.ts';

/** The last microversion whose rebuild and create accept personality (Nova's microversion history). */
const lastPersonality = microversion('2.56');

/**
 * Make the profile of a Nova with microversions.
 * @param personality `native` sends files as personality up to microversion 2.56; `user-data` always sends them as user_data
 */
export function novaProfile(personality: 'native' | 'user-data', rules: UserDataRules): Profile {
  // Above 2.56 Nova refuses files; below, an operator who asks for user-data says that the hypervisors inject none.
  const asUserData = carryPersonality(rules, personality === 'native' ? refusedUnaided : ignoredUnaided);
  const rebuild: MemberTables['rebuild'] = {
    imageRef: forwarded,
    name: trimmedName,
    adminPass: forwarded,
    accessIPv4: forwarded,
    accessIPv6: forwarded,
    'OS-DCF:diskConfig': forwarded,
    preserve_ephemeral: forwarded,
    metadata: forwarded,
    personality: personality === 'native' ? { ...forwarded, until: lastPersonality, beyond: asUserData } : asUserData,
    key_name: rebuildKeyName,
    user_data: { ...userDataWithin(rules), since: rebuildUserDataVersion },
  };
  const createServer: MemberTables['createServer'] = {
    ...newServerMembers,
    personality: personality === 'native' ? forwarded : carryPersonality(rules, ignoredUnaided, ofNewServer),
    user_data: userDataWithin(rules),
  };
  return {
    name: 'nova',
    members: { rebuild, createServer, bootFromVolume: createServer, ...nameMembers, ...volumeMembers },
  };
}
