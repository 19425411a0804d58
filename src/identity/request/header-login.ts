import { refusedLogin } from '../faults/refusals.ts';
import { checkSizes, type LoginLimits } from './login-limits.ts';
import type { Login } from './login.ts';

/** The header fields of a request; their names are in lower case. */
export type HeaderFields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The header fields with the user and the key: those of compute, and those of object storage. */
const userFields = ['x-auth-user', 'x-storage-user'] as const;
const keyFields = ['x-auth-key', 'x-storage-pass'] as const;

/** Check that a request of a version's path is a login and not a request for the version document: it has a key. */
export function isHeaderLogin(headers: HeaderFields): boolean {
  return keyFields.some((name) => headers[name] !== undefined);
}

/**
 * Read a login by header fields (auth v1.0 and v1.1). The project is a name: that of X-Auth-Project-Id, else the part of the
 * user in front of a colon. Without a project, the login is for a token without one: see `soleProject`.
 * @throws {Fault} 401 for a login without a user or key, 400 for a text over its limit
 */
export function readHeaderLogin(headers: HeaderFields, limits: LoginLimits): Login {
  const [account, key] = [firstOf(headers, userFields), firstOf(headers, keyFields)];
  if (account === undefined || key === undefined) throw refusedLogin();
  const [, tenant, user = account] = /^([^:]*):(.*)$/s.exec(account) ?? [];
  const project = valueOf(headers['x-auth-project-id']) ?? tenant;
  if (user === '') throw refusedLogin();
  checkSizes(
    [
      ['X-Auth-Key', key, 'password'],
      ['X-Auth-User', user, 'name'],
      ['X-Auth-Project-Id', project, 'name'],
    ],
    limits,
  );
  return {
    form: 'headers',
    proof: { kind: 'password', user: { name: user }, password: key },
    project: project === undefined || project === '' ? undefined : { name: project },
    trust: undefined,
    isIdFirst: false,
    notes: [],
  };
}

/**
 * Make the login to the only project of a user, with the token of its first login.
 * @throws {Fault} 401 if it has none or several: nothing tells which one is meant
 */
export function soleProject(
  token: string,
  projects: readonly { readonly id?: string; readonly enabled?: boolean }[],
): Login {
  const [only, ...others] = projects.filter(({ enabled }) => enabled !== false);
  if (only?.id === undefined || others.length > 0) throw refusedLogin();
  return {
    form: 'headers',
    proof: { kind: 'token', id: token },
    project: { id: only.id },
    trust: undefined,
    isIdFirst: false,
    notes: [],
  };
}

function firstOf(headers: HeaderFields, names: readonly string[]): string | undefined {
  return names.map((name) => valueOf(headers[name])).find((value) => value !== undefined);
}

/** Decode a field: node reads its bytes as Latin-1, and clients send UTF-8. */
function valueOf(field: string | readonly string[] | undefined): string | undefined {
  if (typeof field !== 'string') return undefined;
  const bytes = Buffer.from(field, 'latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return field;
  }
}
