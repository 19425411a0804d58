import type { TestRequest } from '../support/http.ts';

/** The password of the requests below; it must not be in any answer. */
export const password = 'PasswordOfTheTests9d2e';

/** A login by a password, for a project. */
export function passwordLogin(more: { readonly username?: string; readonly password?: string } = {}): TestRequest {
  const passwordCredentials = { username: 'demo', password, ...more };
  return {
    path: '/v2.0/tokens',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ auth: { tenantName: 'demo', passwordCredentials } }),
  };
}

/** The calls that ask the identity service, in both formats: each sends one request of v3. */
export const identityCalls: Readonly<Record<string, TestRequest>> = {
  'a login in JSON': passwordLogin(),
  'a login in XML': {
    path: '/v2.0/tokens',
    headers: { 'Content-Type': 'application/xml', Accept: 'application/xml' },
    body: `<auth tenantName="demo"><passwordCredentials username="demo" password="${password}"/></auth>`,
  },
  'a login by header fields': {
    method: 'GET',
    path: '/v1.0',
    headers: { 'X-Auth-User': 'demo', 'X-Auth-Key': password, 'X-Auth-Project-Id': 'demo' },
  },
  'a list of tenants': { method: 'GET', path: '/v2.0/tenants', headers: { 'X-Auth-Token': password } },
  'a validation': {
    method: 'GET',
    path: `/v2.0/tokens/${password}`,
    headers: { 'X-Auth-Token': password, Accept: 'application/xml' },
  },
  'a revocation': { method: 'DELETE', path: `/v2.0/tokens/${password}`, headers: { 'X-Auth-Token': password } },
};

/** The logins among them: they are never sent again. */
export const logins = Object.keys(identityCalls).filter((name) => name.startsWith('a login'));
