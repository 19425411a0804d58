import { createHash } from 'node:crypto';
import { PROJECT, USER } from '../../state/seed-data.ts';
import type { ProjectRecord, UserRecord } from './account-records.ts';

/** Make an id of 32 hexadecimal digits that is the same in each new cloud. */
export function seedId(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}

const SECOND = seedId('project/second');
const OFF = seedId('project/off');

/** Create the projects of a new cloud: that of the servers, an empty one, and one that is disabled. */
export function seedProjects(): readonly ProjectRecord[] {
  return [
    { id: PROJECT, name: 'demo', description: 'Demo tenant', enabled: true },
    { id: SECOND, name: 'second', description: '', enabled: true },
    { id: OFF, name: 'off', description: 'disabled', enabled: false },
  ];
}

/** Create the users of a new cloud: one that anybody would try, and one for each situation of a login. */
export function seedUsers(): readonly UserRecord[] {
  return [
    user({ id: USER, name: 'demo', projectIds: [PROJECT, SECOND, OFF] }),
    // Without "scope": "unscoped", a login of this user has a project that nobody asked for.
    user({ name: 'jörg', password: 'päss wörd<&>', projectIds: [PROJECT], defaultProjectId: PROJECT }),
    user({ name: 'unassigned' }),
    user({ name: 'disabled', projectIds: [PROJECT], enabled: false }),
  ];
}

function user(differences: Partial<UserRecord> & { readonly name: string }): UserRecord {
  return {
    id: seedId(`user/${differences.name}`),
    projectIds: [],
    defaultProjectId: null,
    password: 'secret',
    enabled: true,
    ...differences,
  };
}
