import type { TokenRecord, TokenScope, UserRecord } from '../accounts/account-records.ts';
import type { IdentityState } from '../accounts/identity-state.ts';
import { IdentityFault } from '../http/identity-fault.ts';
import { issueToken } from '../tokens/issue-token.ts';
import { readAuth } from './login-request.ts';
import { authenticate, readMethods } from './methods.ts';
import { readScope } from './scope.ts';

/** Log a user in, with the checks in the order of Keystone: schema, methods, scope, password, role. */
export function logIn(state: IdentityState, auth: unknown): TokenRecord {
  return countingFailures(state, () => {
    const { identity = {}, scope } = readAuth(auth);
    const methods = readMethods(identity);
    const wanted = readScope(state, scope);
    const authenticated = authenticate(state, identity, methods);
    return issueToken(state, { ...authenticated, scope: wanted ?? defaultScope(state, authenticated.user) });
  });
}

/** Count an attempt that is refused because of who the caller is, so that tests see each retry. */
export function countingFailures<T>(state: IdentityState, attempt: () => T): T {
  try {
    return attempt();
  } catch (cause) {
    if (cause instanceof IdentityFault && cause.status !== 400) state.failedLogins += 1;
    throw cause;
  }
}

/** Choose the scope of a login that names none: IAM's is the domain, Keystone's the default project of the user. */
function defaultScope({ profile, projects }: IdentityState, { defaultProjectId }: UserRecord): TokenScope {
  if (profile.withoutScope === 'domain') return { kind: 'domain' };
  const project = projects.find(({ id, enabled }) => id === defaultProjectId && enabled);
  return project === undefined ? { kind: 'unscoped' } : { kind: 'project', project };
}
