import { IdentityFault, expecting } from '../http/identity-fault.ts';
import { type Valid, readValid } from '../schema/json-schema.ts';
import { LOGIN_SCHEMA } from '../schema/login-schema.ts';

/** The member `auth` of a login that the schema allows. */
export type LoginRequest = Valid<typeof LOGIN_SCHEMA>;

/** The member `identity`. */
export type LoginIdentity = NonNullable<LoginRequest['identity']>;

/** The member `scope`. */
export type LoginScope = NonNullable<LoginRequest['scope']>;

/** The member `user` of a login by password. */
export type LoginUser = NonNullable<NonNullable<LoginIdentity['password']>['user']>;

/** Read the member `auth`; throw a 400 if it is missing, breaks the schema, or names nobody where it must. */
export function readAuth(auth: unknown): LoginRequest {
  if (auth === undefined || auth === null) throw expecting('auth', 'request body');
  const login = readValid(LOGIN_SCHEMA, auth);
  const user = login.identity?.password?.user;
  refuseNameless(user, 'identity/password/user');
  refuseNameless(user?.domain, 'identity/password/user/domain');
  if (typeof login.scope === 'object') {
    refuseNameless(login.scope.project, 'scope/project');
    refuseNameless(login.scope.project?.domain, 'scope/project/domain');
    refuseNameless(login.scope.domain, 'scope/domain');
  }
  return login;
}

function refuseNameless(named: { readonly id?: string; readonly name?: string } | undefined, field: string): void {
  if (named === undefined || named.id !== undefined || named.name !== undefined) return;
  throw new IdentityFault(400, `Invalid input for field ${field}: id or name must be present.`);
}
