import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Fault } from '../../src/fault.ts';
import { accessOf } from '../../src/identity/answer/access-of.ts';
import { readTenants } from '../../src/identity/answer/tenants-of.ts';
import { readV3Token } from '../../src/identity/answer/v3-token.ts';
import { cloudIdentityFault } from '../../src/identity/faults/cloud-faults.ts';
import { writeIdentityFault } from '../../src/identity/faults/write-fault.ts';
import { accessDocument } from '../../src/identity/messages/access.ts';
import { authAnswerDocument } from '../../src/identity/messages/auth-answer.ts';
import { authMessage, credentialsMessage } from '../../src/identity/messages/auth.ts';
import { passwordChangeMessage } from '../../src/identity/messages/password-change.ts';
import { readHeaderLogin } from '../../src/identity/request/header-login.ts';
import { readCredentials, readLogin, readPasswordChange } from '../../src/identity/request/read-login.ts';
import { projectsRequest, tokenRequest } from '../../src/identity/request/v3-requests.ts';
import { secretsOf } from '../../src/schema/redact.ts';
import { answerOf, here, keystoneRules, v3Answer, v3Service } from './fixtures.ts';

/** A word that must not be in any fault, note or error; it is a valid part of a name, a token and an element. */
const canary = 'canary4711';

/** Assert that a call is refused, and that its fault, its cause and both its documents are without the canary. */
function assertSilent(act: () => unknown, name: string): void {
  try {
    act();
  } catch (error) {
    const fault = Fault.from(error);
    assert.notEqual(fault.reason, 'internal', name);
    const documents = (['json', 'xml'] as const).map((format) => writeIdentityFault(fault, format).text);
    const seen = [inspect(error, { depth: 10, showHidden: true }), fault.member, fault.message, ...documents].join(
      '\n',
    );
    assert.ok(!seen.includes(canary), `${name}: ${seen}`);
    return;
  }
  assert.fail(`${name} is not refused`);
}

const bodies: readonly string[] = [
  canary,
  `{"auth": {"passwordCredentials": {"username": "demo", "password": "${canary}"}}`,
  `{"auth": {"passwordCredentials": {"username": "demo", "password": ["${canary}"]}}}`,
  `{"auth": {"passwordCredentials": {"username": "demo", "password": {"${canary}": "${canary}"}}}}`,
  `{"auth": {"passwordCredentials": {"username": "demo", "password": "x", "password": "${canary}"}}}`,
  `{"auth": {"passwordCredentials": "${canary}"}}`,
  `{"auth": {"passwordCredentials": {"password": "${canary}"}}}`,
  `{"auth": {"passwordCredentials": {"username": ["${canary}"], "password": "${canary}"}}}`,
  `{"auth": {"token": "${canary}"}}`,
  `{"auth": {"token": {"id": ["${canary}"]}}}`,
  `{"auth": {"token": {"id": "${canary.repeat(2000)}"}}}`,
  `{"auth": {"token": {"id": "T"}, "trust_id": "${canary}"}}`,
  `{"auth": "${canary}"}`,
  `{"auth": {}, "${canary}": 1}`,
  `{"${canary}": {}}`,
  `\uFEFF{"auth": {"token": {"id": "${canary}"}}}`,
  `"${canary}`,
  `<auth><passwordCredentials username="demo" password="${canary}"></auth>`,
  `<auth><passwordCredentials username="demo" password="${canary}&bad;"/></auth>`,
  `<auth><passwordCredentials username="demo" password="${canary}<"/></auth>`,
  `<auth><passwordCredentials><password>${canary}</password></passwordCredentials></auth>`,
  `<auth>${canary}<token id="x"/></auth>`,
  `<!DOCTYPE a [<!ENTITY b "${canary}">]><auth><token id="&b;"/></auth>`,
  `<${canary}/>`,
  `<auth><token id="${canary}"/><token id="x"/></auth>`,
  `<auth><token ${canary}/></auth>`,
];

test('no refusal of a request has a word of its body', () => {
  for (const text of bodies) {
    for (const contentType of ['application/json', 'application/xml', `text/${canary}`]) {
      const body = { bytes: Buffer.from(text), contentType };
      assertSilent(() => readLogin(body, { ...keystoneRules, apiKeys: 'password' }), `login ${contentType} ${text}`);
      assertSilent(() => readCredentials(body, keystoneRules.limits), `credentials ${contentType} ${text}`);
      assertSilent(() => readPasswordChange(body, keystoneRules.limits), `password ${contentType} ${text}`);
    }
  }
});

test('no refusal of a header field has its value', () => {
  const limits = { name: 5, password: 5, token: 5 };
  assertSilent(() => readHeaderLogin({ 'x-auth-user': canary, 'x-auth-key': 'x' }, limits), 'user');
  assertSilent(() => readHeaderLogin({ 'x-auth-user': 'x', 'x-auth-key': canary }, limits), 'key');
  assertSilent(() => readHeaderLogin({ 'x-auth-key': canary }, limits), 'no user');
  assertSilent(() => projectsRequest(`${canary} `), 'token');
  assertSilent(() => tokenRequest('GET', 'T', `${canary} `), 'subject');
});

test('no fault of the cloud is passed on with its text', () => {
  const texts = [
    canary,
    { error: { message: canary, code: 400, title: canary } },
    { token: { user: canary } },
    [canary],
  ];
  for (const body of texts) {
    for (const status of [201, 204, 302, 400, 401, 403, 404, 405, 413, 429, 500, 503]) {
      const answer = answerOf(status, body, {
        location: canary,
        'openstack-auth-receipt': canary,
        'retry-after': canary,
      });
      const fault = cloudIdentityFault(answer, { call: 'logIn' });
      assertSilent(() => assert.fail(fault), `${status}`);
      assert.deepEqual(fault.headers, {});
    }
    assertSilent(() => readV3Token(answerOf(201, body, { 'x-subject-token': `${canary} ` })), 'token');
    assertSilent(() => readTenants(answerOf(200, body), 'none'), 'projects');
  }
});

test('no note has a value of a login, and no refusal for its region a token', () => {
  const catalog = [v3Service('compute', 'nova', { A: `http://${canary}/a`, B: `http://${canary}/b` })];
  const answer = v3Answer({ catalog, userName: canary, projectName: canary });
  const token = { ...readV3Token(answer), id: canary };
  assertSilent(() => accessOf(token, here), 'region');
  assert.ok(!JSON.stringify(accessOf(token, { ...here, region: 'A' }).notes).includes(canary));
});

test('the descriptions mark every secret', () => {
  const token = { id: 'a', expires: 'x' };
  const login = {
    tenantName: 'x',
    token: { id: 'a' },
    passwordCredentials: { username: 'x', password: 'b' },
    'RAX-KSKEY:apiKeyCredentials': { username: 'x', apiKey: 'c' },
    apiAccessKeyCredentials: { accessKey: 'x', secretKey: 'd' },
  };
  assert.deepEqual(secretsOf(authMessage)(login), ['a', 'b', 'c', 'd']);
  assert.deepEqual(secretsOf(credentialsMessage)({ username: 'x', key: 'a' }), ['a']);
  assert.deepEqual(secretsOf(passwordChangeMessage)({ password: 'a', original_password: 'b' }), ['a', 'b']);
  assert.deepEqual(secretsOf(accessDocument.message)({ token, serviceCatalog: [] }), ['a']);
  assert.deepEqual(secretsOf(authAnswerDocument.message)({ token, serviceCatalog: {} }), ['a']);
});
