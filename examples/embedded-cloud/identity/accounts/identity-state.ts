import type { ReceivedRequest } from '../../http/received-request.ts';
import type { ProjectRecord, TokenRecord, UserRecord } from './account-records.ts';
import { seedProjects, seedUsers } from './account-seed.ts';
import type { IdentityProfile, ServiceOrigins } from './identity-profiles.ts';

/** The state of the identity service of one embedded cloud. */
export interface IdentityState {
  readonly profile: IdentityProfile;
  readonly users: readonly UserRecord[];
  readonly projects: readonly ProjectRecord[];
  /** All tokens by their text, also those that are no longer valid. */
  readonly tokens: Map<string, TokenRecord>;
  /** The origins for the catalogue, which are known when the cloud listens. */
  readonly origins: ServiceOrigins;
  /** All requests so far, in the order in which their bodies were complete. */
  readonly received: ReceivedRequest[];
  /** Returns the time in milliseconds since 1970. */
  readonly now: () => number;
  /** All logins and changes of a password that were refused with 401 or 404. */
  failedLogins: number;
}

/** Create an identity service with the accounts of the seed. */
export function newIdentity(profile: IdentityProfile, origins: ServiceOrigins, now: () => number): IdentityState {
  return {
    profile,
    users: seedUsers(),
    projects: seedProjects(),
    tokens: new Map(),
    origins,
    received: [],
    now,
    failedLogins: 0,
  };
}
