import { ignoredUnaided, leftOutOnV2 } from '../../schema/unaided.ts';
import type { Drop, Ineffective, MemberTables, Profile } from '../profile.ts';
import { nameMembers, newServerMembers, volumeMembers } from './shared-members.ts';
import { forwarded, rebuildKeyName, trimmedName, rebuildUserDataVersion } from '../treatments.ts';
import { carryPersonality, ofNewServer } from '../user-data/carry-personality.ts';
import { userDataWithin, type UserDataRules } from '../user-data/limit.ts';

/** The treatment of members that the cloud's documentation calls unsupported, or does not list. */
const unsupported: Drop = { kind: 'drop', unaided: leftOutOnV2, because: 'this cloud has no such setting' };

/** The treatment of the password of a rebuild: the cloud accepts it, and sets none (its documentation of rebuild, twice). */
const ignoredPassword: Ineffective = {
  kind: 'ineffective',
  unaided: ignoredUnaided,
  because: 'this cloud sets no password during a rebuild',
};

/** Make the profile of an Elastic Cloud Server of the Huawei family (source: its documentation of create and rebuild). */
export function ecsProfile(rules: UserDataRules): Profile {
  const rebuild: MemberTables['rebuild'] = {
    imageRef: forwarded,
    name: trimmedName,
    adminPass: ignoredPassword,
    accessIPv4: unsupported,
    accessIPv6: unsupported,
    'OS-DCF:diskConfig': unsupported,
    preserve_ephemeral: unsupported,
    metadata: forwarded,
    personality: carryPersonality(rules, leftOutOnV2),
    key_name: rebuildKeyName,
    user_data: { ...userDataWithin(rules), since: rebuildUserDataVersion },
  };
  const createServer: MemberTables['createServer'] = {
    ...newServerMembers,
    accessIPv4: unsupported,
    accessIPv6: unsupported,
    config_drive: unsupported,
    personality: carryPersonality(rules, leftOutOnV2, ofNewServer),
    user_data: userDataWithin(rules),
  };
  const updateServer: MemberTables['updateServer'] = {
    ...nameMembers.updateServer,
    accessIPv4: unsupported,
    accessIPv6: unsupported,
  };
  return {
    name: 'ecs',
    members: { rebuild, createServer, bootFromVolume: createServer, ...nameMembers, updateServer, ...volumeMembers },
  };
}
