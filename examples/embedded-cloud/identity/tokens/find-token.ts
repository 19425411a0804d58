import type { TokenRecord, UserRecord } from '../accounts/account-records.ts';
import type { IdentityState } from '../accounts/identity-state.ts';
import { type KeystoneCall, headerOf } from '../http/keystone-call.ts';
import { IdentityFault, forbidden, unauthorized } from '../http/identity-fault.ts';

/** Find a token that is valid; undefined if it is unknown, expired or revoked. */
export function findLiveToken(identity: IdentityState, text: string): TokenRecord | undefined {
  const token = identity.tokens.get(text);
  return token === undefined || !isLive(identity, token) ? undefined : token;
}

/** Find the token that a request names; throw the 404 of Keystone for one that is not valid. */
export function validateToken(identity: IdentityState, text: string): TokenRecord {
  if (text === '') throw new IdentityFault(404, 'No token in the request');
  const token = identity.tokens.get(text);
  if (token === undefined) throw new IdentityFault(404, 'Could not recognize Fernet token');
  if (!isLive(identity, token)) throw new IdentityFault(404, 'Failed to validate token');
  return token;
}

/** Return the token of the caller; throw a 401 without a valid one. */
export function callersToken(call: KeystoneCall): TokenRecord {
  const token = findLiveToken(call.identity, headerOf(call, 'x-auth-token'));
  if (token === undefined) throw unauthorized();
  return token;
}

/** Return the token in `X-Subject-Token`, which must be one of the caller's own; `policy` is named in the 403. */
export function subjectToken(call: KeystoneCall, policy: string): TokenRecord {
  const { user } = callersToken(call);
  if (call.incoming.received.headers['x-subject-token'] === undefined) throw forbidden(policy);
  const subject = validateToken(call.identity, headerOf(call, 'x-subject-token'));
  if (subject.user !== user) throw forbidden(policy);
  return subject;
}

/** Revoke all tokens of a user. */
export function revokeTokensOf(identity: IdentityState, user: UserRecord): void {
  for (const token of identity.tokens.values()) if (token.user === user) token.isRevoked = true;
}

function isLive({ now }: IdentityState, { isRevoked, expires, user }: TokenRecord): boolean {
  return !isRevoked && user.enabled && now() < expires;
}
