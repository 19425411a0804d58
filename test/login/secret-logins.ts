import assert from 'node:assert/strict';
import type { TestRequest } from '../support/http.ts';

/** The secrets of logins, and the name of a user. They are letters and digits, so that no notation changes them. */
export const loginWords = {
  password: 'CanaryLogin1a2b',
  key: 'CanaryKey3c4d',
  fresh: 'CanaryFresh5e6f',
  header: 'CanaryHeaderToken7a8b',
  path: 'CanaryPathToken9c0d',
  query: 'CanaryQueryToken1e2f',
  body: 'CanaryBodyToken3a4b',
  issued: 'CanaryIssuedToken5c6d',
  receipt: 'CanaryReceipt7e8f',
} as const;
/** It is no secret, but personal: only a setting writes it into the log. */
export const canaryUser = 'CanaryUser9a0b';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const formsOf = (word: string): string[] => [
  word,
  ...[0, 1, 2].map((shift) => base64(' '.repeat(shift) + word).slice(shift === 0 ? 0 : 4, -4)),
];
const secretForms = Object.values(loginWords).flatMap(formsOf);

/** Assert that a text has no secret, in plain or in base64. @param also further words that it may not have */
export function assertNoSecrets(text: string, where: string, also: readonly string[] = [canaryUser]): void {
  for (const form of [...secretForms, ...also]) {
    const at = text.indexOf(form);
    assert.ok(at === -1, `${where} shows ${form}: ${text.slice(Math.max(0, at - 300), at + 300)}`);
  }
}

/** The secrets of requests: an answer that accepts a login has the token issued, and no other. */
export const requestSecrets = Object.entries(loginWords).flatMap(([name, word]) => (name === 'issued' ? [] : [word]));

const { password, key, fresh, header, path, query, body } = loginWords;
const json = { 'Content-Type': 'application/json', 'X-Auth-Token': header, Cookie: header, Authorization: header };
const xml = { ...json, 'Content-Type': 'application/xml', Accept: 'application/xml' };
const credentials = { username: canaryUser, password };
const tokens = `/v2.0/tokens?token=${query}`;
const inXml = `<auth tenantName="demo"><passwordCredentials username="${canaryUser}" password="${password}"/></auth>`;
const post = (content: unknown): TestRequest => ({ path: tokens, headers: json, body: JSON.stringify(content) });
const read = (target: string, method = 'GET'): TestRequest => ({ method, path: target, headers: json });

/** Requests with secrets in every place that a login has, well-formed and not. */
export const secretLogins: Readonly<Record<string, TestRequest>> = {
  'a login in JSON': post({ auth: { tenantName: 'demo', passwordCredentials: credentials } }),
  'a login in XML': { path: tokens, headers: xml, body: inXml },
  'a login with a suffix': {
    path: '/v2.0/tokens.xml',
    headers: json,
    body: JSON.stringify({ auth: { passwordCredentials: credentials } }),
  },
  'a token': post({ auth: { tenantName: 'demo', token: { id: body } } }),
  'a token with a space': post({ auth: { token: { id: `${body} ${password}` } } }),
  'a key of Rackspace': post({ auth: { 'RAX-KSKEY:apiKeyCredentials': { username: canaryUser, apiKey: key } } }),
  'a key of HP': post({ auth: { apiAccessKeyCredentials: { accessKey: canaryUser, secretKey: key } } }),
  'a key of v1.1': {
    path: `/v1.1/auth?${query}`,
    headers: json,
    body: JSON.stringify({ credentials: { username: canaryUser, key } }),
  },
  'header fields': {
    method: 'GET',
    path: `/v1.0?${query}`,
    headers: { 'X-Auth-User': canaryUser, 'X-Auth-Key': key, 'X-Auth-Project-Id': 'demo' },
  },
  'fields of object storage': {
    method: 'GET',
    path: '/v1.1',
    headers: { 'X-Storage-User': `demo:${canaryUser}`, 'X-Storage-Pass': key },
  },
  'a key with another method': {
    method: 'PUT',
    path: '/v1.1',
    headers: { 'X-Auth-User': canaryUser, 'X-Auth-Key': key },
  },
  'JSON that is cut off': {
    path: tokens,
    headers: json,
    body: JSON.stringify({ auth: { passwordCredentials: credentials } }).slice(0, -3),
  },
  'XML that is cut off': { path: tokens, headers: xml, body: inXml.slice(0, -4) },
  'XML with a DOCTYPE': { path: tokens, headers: xml, body: `<!DOCTYPE a [<!ENTITY b "${password}">]>${inXml}` },
  'XML sent as JSON': { path: tokens, headers: json, body: inXml },
  'a password that is a list': post({ auth: { passwordCredentials: { username: canaryUser, password: [password] } } }),
  'a password as a name': post({ auth: { passwordCredentials: { username: canaryUser, [password]: password } } }),
  'a password over the limit': post({
    auth: { passwordCredentials: { username: canaryUser, password: password.repeat(400) } },
  }),
  'a password in Content-Type': { path: tokens, headers: { ...json, 'Content-Type': `text/${password}` }, body: inXml },
  'two passwords': {
    path: tokens,
    headers: json,
    body: `{"auth": {"passwordCredentials": {"username": "${canaryUser}", "password": "x", "password": "${password}"}}}`,
  },
  tenants: read(`/v2.0/tenants?marker=${query}&limit=${query}`),
  'a validation': read(`/v2.0/tokens/${path}?belongsTo=${query}`),
  'a check': read(`/v2.0/tokens/${path}`, 'HEAD'),
  'a revocation': read(`/v2.0/tokens/${path}`, 'DELETE'),
  endpoints: read(`/v2.0/tokens/${path}/endpoints`),
  'a token behind a wrong path': read(`/v2.0/tokens/${path}/nope`),
  'a token in an encoded path': read(`/v2.0/%74okens/${path}`),
  'a token with line ends in the path': read(`/v2.0/tokens/${path}%0d%0aX-Evil:%201`),
  'a token too long in the path': read(`/v2.0/tokens/${path.repeat(1000)}`),
  'a change of the password': {
    method: 'PATCH',
    path: '/v2.0/OS-KSCRUD/users/u',
    headers: json,
    body: JSON.stringify({ user: { password: fresh, original_password: password } }),
  },
  'a call that is not translated': {
    path: '/v2.0/users',
    headers: json,
    body: JSON.stringify({ user: { name: canaryUser, password } }),
  },
  'a login of v3': {
    path: `/v3/auth/tokens?${query}`,
    headers: { ...json, 'X-Subject-Token': path },
    body: JSON.stringify({ auth: { identity: { password: { user: { name: canaryUser, password } } } } }),
  },
  'a chunked login of v3': {
    path: '/v3/auth/tokens',
    headers: { ...json, 'Transfer-Encoding': 'chunked' },
    body: JSON.stringify({ auth: { password } }),
  },
  'a request id that is a token': {
    path: tokens,
    headers: { ...json, 'X-OpenStack-Request-ID': header, 'X-Compute-Request-Id': header },
    body: '{}',
  },
};
