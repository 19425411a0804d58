import type { ProjectRecord, TokenScope } from '../accounts/account-records.ts';
import type { IdentityState } from '../accounts/identity-state.ts';
import { expecting, unauthorized } from '../http/identity-fault.ts';
import { findDomain } from './find-domain.ts';
import type { LoginScope } from './login-request.ts';

type ScopeName = 'system' | 'project' | 'domain' | 'OS-TRUST:trust' | 'unscoped';
type ScopeObject = Exclude<LoginScope, string>;
type ProjectReference = NonNullable<ScopeObject['project']>;

const SCOPE_NAMES: readonly ScopeName[] = ['system', 'project', 'domain', 'OS-TRUST:trust', 'unscoped'];

/** Find what a login asks for; undefined if it names no scope. It is looked up before the password is. */
export function readScope(identity: IdentityState, scope: LoginScope | undefined): TokenScope | undefined {
  if (scope === undefined) return undefined;
  const { prefersProject, withoutScope } = identity.profile;
  if (typeof scope === 'string') {
    if (scope === 'unscoped' && withoutScope === 'default project') return { kind: 'unscoped' };
    throw expecting('system, project, domain, OS-TRUST:trust or unscoped', 'scope');
  }
  const names = SCOPE_NAMES.filter((name) => Object.hasOwn(scope, name));
  if (names.length === 0 && withoutScope === 'domain') return undefined;
  const [name] = prefersProject && names.includes('project') ? ['project' as const] : names;
  if (name === undefined || (names.length > 1 && !prefersProject)) {
    throw expecting('system, project, domain, OS-TRUST:trust or unscoped', 'scope');
  }
  return READERS[name](identity, scope);
}

const READERS: Readonly<Record<ScopeName, (identity: IdentityState, scope: ScopeObject) => TokenScope>> = {
  project: (identity, { project = {} }) => ({ kind: 'project', project: findProject(identity, project) }),
  domain: (identity, { domain = {} }) => {
    findDomain(identity, domain);
    return { kind: 'domain' };
  },
  unscoped: () => ({ kind: 'unscoped' }),
  // Nobody has a role in the system.
  system: () => {
    throw unauthorized();
  },
  // There are no trusts, so that each id is unknown.
  'OS-TRUST:trust': (_identity, { 'OS-TRUST:trust': trust }) => {
    if (trust?.id === undefined || trust.id === '') throw expecting('trust_id', 'trust');
    throw unauthorized();
  },
};

/** Find an enabled project by its name, which counts before the id; one without the user's role is refused later. */
function findProject(identity: IdentityState, { id, name, domain }: ProjectReference): ProjectRecord {
  const isNamed = name !== undefined && name !== '';
  if (isNamed && domain === undefined && !identity.profile.impliesProjectDomain) throw expecting('domain', 'project');
  if (isNamed && domain !== undefined) findDomain(identity, domain);
  const project = identity.projects.find((candidate) => (isNamed ? candidate.name === name : candidate.id === id));
  if (project?.enabled !== true) throw unauthorized();
  return project;
}
