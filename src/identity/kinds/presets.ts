import type { DomainReference, LoginDomains } from '../request/login.ts';

/** The settings of logins as operators write them: '' and auto stand for those of the kind of cloud. */
export interface DomainSettings {
  readonly userDomain: string;
  readonly projectDomain: string;
  readonly unscoped: 'auto' | LoginDomains['unscoped'];
}

/**
 * The settings for each kind of cloud. Huawei's IAM has no domain `default`: a user belongs to an account, which has a name;
 * projects are named without a domain, and a login without a scope is one without a project.
 */
const presets = {
  nova: { user: 'id:default', project: 'id:default', unscoped: 'explicit' },
  ecs: { user: '', project: 'none', unscoped: 'omit' },
} as const;

/** The kind of a cloud. */
export type CloudKind = keyof typeof presets;

/** Choose the domains of names, and the form of a login without a project. */
export function loginDomains(kind: CloudKind, { userDomain, projectDomain, unscoped }: DomainSettings): LoginDomains {
  const preset = presets[kind];
  return {
    user: domainOf(userDomain || preset.user),
    project: domainOf(projectDomain || preset.project),
    unscoped: unscoped === 'auto' ? preset.unscoped : unscoped,
  };
}

/** Read a domain: `id:` or `name:` and the rest; anything else is none. */
function domainOf(text: string): DomainReference {
  const [, kind, rest = ''] = /^(id|name):(.*)$/.exec(text) ?? [];
  if (kind === undefined) return 'none';
  return kind === 'id' ? { id: rest } : { name: rest };
}
