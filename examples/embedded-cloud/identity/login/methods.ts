import type { TokenRecord, UserRecord } from '../accounts/account-records.ts';
import type { IdentityState } from '../accounts/identity-state.ts';
import { IdentityFault, expecting, unauthorized } from '../http/identity-fault.ts';
import { validateToken } from '../tokens/find-token.ts';
import { findDomain } from './find-domain.ts';
import type { LoginIdentity, LoginUser } from './login-request.ts';

/** The user who logged in, the methods of the login, and the token that it used, if any. */
export interface Authenticated {
  readonly user: UserRecord;
  readonly methods: readonly string[];
  readonly parent: TokenRecord | undefined;
}

/** The ways to log in that Keystone lists in a 401; this cloud has two of them. */
const LISTED_METHODS = ['external', 'password', 'token', 'oauth1', 'mapped', 'application_credential'];

/** List the methods of a login, each once; throw a fault for one without its member, or one that the cloud has not. */
export function readMethods(identity: LoginIdentity): readonly MethodName[] {
  const names = [...new Set(identity.methods)];
  const missing = names.find((name) => !Object.hasOwn(identity, name));
  if (missing !== undefined) throw expecting(missing, 'identity');
  return names.map((name) => {
    if (isMethod(name)) return name;
    const methods = { methods: LISTED_METHODS };
    throw new IdentityFault(401, 'Attempted to authenticate with an unsupported method.', methods);
  });
}

/** Authenticate by each method; all must lead to the same user. Throw a 401, or a 404 for a token. */
export function authenticate(
  state: IdentityState,
  identity: LoginIdentity,
  methods: readonly MethodName[],
): Authenticated {
  const parent = methods.includes('token') ? validateToken(state, identity.token?.id ?? '') : undefined;
  const named = methods.includes('password') ? checkPassword(state, identity.password?.user) : undefined;
  const user = parent?.user ?? named;
  if (user === undefined || (named !== undefined && named !== user)) throw unauthorized();
  return { user, methods: [...new Set([...methods, ...(parent?.methods ?? [])])], parent };
}

type MethodName = 'password' | 'token';

function isMethod(name: string): name is MethodName {
  return name === 'password' || name === 'token';
}

function checkPassword(state: IdentityState, given: LoginUser | undefined): UserRecord {
  if (given === undefined) throw expecting('user', 'None');
  const user = findUser(state, given);
  if (user?.enabled !== true || user.password !== given.password) throw unauthorized();
  return user;
}

/** Find a user by the name, which counts before the id and needs a domain. */
function findUser(state: IdentityState, { id = '', name = '', domain }: LoginUser): UserRecord | undefined {
  const { users, profile } = state;
  if (id === '' && name === '') throw expecting('id or name', 'user');
  if (name === '') return users.find((candidate) => candidate.id === id);
  if (domain === undefined) throw expecting('domain', 'user');
  if (profile.namesUserDomain && (domain.name ?? '') === '') throw expecting('name', 'domain');
  findDomain(state, domain);
  return users.find((candidate) => candidate.name === name);
}
