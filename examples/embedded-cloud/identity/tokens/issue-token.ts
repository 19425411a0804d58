import { randomBytes } from 'node:crypto';
import type { TokenRecord } from '../accounts/account-records.ts';
import type { IdentityState } from '../accounts/identity-state.ts';
import { unauthorized } from '../http/identity-fault.ts';
import { makeTokenText } from './token-text.ts';

/** The content of a new token: its user, its scope, and the token that the user logged in with, if any. */
export interface TokenOrder extends Pick<TokenRecord, 'user' | 'scope' | 'methods'> {
  readonly parent: TokenRecord | undefined;
}

const LIFETIME_MS = 86_400_000;

/** Issue a token, which lives no longer than its parent; refuse a scope in which the user has no role with 401. */
export function issueToken(identity: IdentityState, { user, scope, methods, parent }: TokenOrder): TokenRecord {
  if (scope.kind === 'project' && !user.projectIds.includes(scope.project.id)) throw unauthorized();
  if (scope.kind === 'domain' && !identity.profile.hasDomainRoles) throw unauthorized();
  const issued = Math.floor(identity.now() / 1000) * 1000;
  const first = parent?.auditIds.at(-1);
  const auditIds = [randomBytes(16).toString('base64url'), ...(first === undefined ? [] : [first])];
  const content = { hasProject: scope.kind === 'project', auditIds: auditIds.length, issued };
  const token: TokenRecord = {
    id: makeTokenText(identity.profile.tokenForm, content),
    user,
    scope,
    methods,
    auditIds,
    issued,
    expires: parent?.expires ?? issued + LIFETIME_MS,
    isRevoked: false,
  };
  identity.tokens.set(token.id, token);
  return token;
}
