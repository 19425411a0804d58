/** The requests to Identity v3 besides the login. Each call of v2.0 is one request of v3. */

import { isTokenText } from './token-text.ts';
import { refusedLogin, unknownRoute } from '../faults/refusals.ts';
import type { IdentityRequest, Login, ProjectReference } from './login.ts';
import type { PasswordChange } from './read-login.ts';

/**
 * Make the request for the projects of a token's user: GET /v3/auth/projects.
 * @param token the caller's X-Auth-Token; undefined for none
 * @throws {Fault} 401 for a token that no header field can hold
 */
export function projectsRequest(token: string | undefined): IdentityRequest {
  return { method: 'GET', path: '/v3/auth/projects', headers: authOf(token) };
}

/**
 * Make the request to read, check or revoke a token, which v3 has in X-Subject-Token and not in the path.
 * @param token as in {@link projectsRequest}
 * @throws {Fault} as {@link projectsRequest}
 */
export function tokenRequest(
  method: 'GET' | 'HEAD' | 'DELETE',
  token: string | undefined,
  subject: string,
): IdentityRequest {
  if (!isTokenText(subject)) throw refusedLogin();
  return { method, path: '/v3/auth/tokens', headers: { ...authOf(token), 'X-Subject-Token': subject } };
}

/**
 * Make the request to change a user's own password.
 * @param token as in {@link projectsRequest}
 * @throws {Fault} as {@link projectsRequest}, and 404 for a user whose id would be another path
 */
export function passwordRequest(
  token: string | undefined,
  user: string,
  { password, original }: PasswordChange,
): IdentityRequest {
  if (/^\.{0,2}$/.test(user)) throw unknownRoute();
  return {
    method: 'POST',
    path: `/v3/users/${encodeURIComponent(user)}/password`,
    headers: authOf(token),
    body: { user: { password, original_password: original } },
  };
}

/** Make the login behind a change of a password: v3 revokes the old tokens, and v2.0 answered with a new one. */
export function loginAfterChange(
  user: string,
  { password }: PasswordChange,
  project: ProjectReference | undefined,
): Login {
  return {
    form: 'password',
    proof: { kind: 'password', user: { id: user }, password },
    project,
    trust: undefined,
    isIdFirst: false,
    notes: [],
  };
}

function authOf(token: string | undefined): Record<string, string> {
  if (token === undefined || !isTokenText(token)) throw refusedLogin();
  return { 'X-Auth-Token': token };
}
