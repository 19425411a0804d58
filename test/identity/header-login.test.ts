import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headerAnswer } from '../../src/identity/answer/header-answer.ts';
import type { Access } from '../../src/identity/messages/access.ts';
import { isHeaderLogin, readHeaderLogin, soleProject } from '../../src/identity/request/header-login.ts';
import { legacyLimits } from '../../src/identity/request/login-limits.ts';
import {
  loginAfterChange,
  passwordRequest,
  projectsRequest,
  tokenRequest,
} from '../../src/identity/request/v3-requests.ts';

const read = (headers: Record<string, string>): ReturnType<typeof readHeaderLogin> =>
  readHeaderLogin(headers, legacyLimits);
const user = (name: string): unknown => ({ kind: 'password', user: { name }, password: 'secret' });

test('a login has the fields of compute or those of object storage', () => {
  for (const headers of [
    { 'x-auth-user': 'demo', 'x-auth-key': 'secret' },
    { 'x-storage-user': 'demo', 'x-storage-pass': 'secret' },
  ]) {
    assert.ok(isHeaderLogin(headers));
    assert.deepEqual(read(headers).proof, user('demo'));
    assert.equal(read(headers).project, undefined);
  }
  assert.ok(!isHeaderLogin({ 'x-auth-user': 'demo', 'x-auth-token': 'T' }));
});

test('the project is that of its field, else the part of the user in front of the colon', () => {
  const headers = { 'x-auth-user': 'tenant:us:er', 'x-auth-key': 'secret' };
  assert.deepEqual([read(headers).proof, read(headers).project], [user('us:er'), { name: 'tenant' }]);
  const named = read({ ...headers, 'x-auth-project-id': 'other' });
  assert.deepEqual([named.proof, named.project], [user('us:er'), { name: 'other' }]);
});

const bytes = (text: string): string => Buffer.from(text).toString('latin1');

test('bytes of UTF-8 are read as such, and others as Latin-1', () => {
  assert.deepEqual(read({ 'x-auth-user': bytes('jörg'), 'x-auth-key': 'secret' }).proof, user('jörg'));
  assert.deepEqual(read({ 'x-auth-user': 'j\u00F6rg', 'x-auth-key': 'secret' }).proof, user('jörg'));
});

test('a login without a user or a key is refused, and so is a text over its limit', () => {
  for (const headers of [
    { 'x-auth-key': 'secret' },
    { 'x-auth-user': 'demo' },
    { 'x-auth-user': 'demo:', 'x-auth-key': 'x' },
  ]) {
    assert.throws(() => read(headers), { status: 401, reason: 'login-refused' });
  }
  assert.throws(() => read({ 'x-auth-user': 'a'.repeat(65), 'x-auth-key': 'x' }), { status: 400 });
});

test('without a project, the only one of the user is taken', () => {
  const sole = soleProject('T', [{ id: 'a' }, { id: 'b', enabled: false }]);
  assert.deepEqual([sole.proof, sole.project], [{ kind: 'token', id: 'T' }, { id: 'a' }]);
  for (const projects of [[], [{ id: 'a' }, { id: 'b' }]]) {
    assert.throws(() => soleProject('T', projects), { status: 401 });
  }
});

const service = (type: string, name: string, publicURL: string): Access['serviceCatalog'][number] => ({
  type,
  name,
  endpoints: [{ publicURL }],
});

test('each field that ends in -Url is a URI, and no value can break a header', () => {
  const serviceCatalog = [
    service('compute', 'nova', 'http://cloud/v2'),
    service('object-store', 'swift', 'not a uri'),
    service('rax:object-cdn', 'cdn', 'http://cdn/\r\nX-Evil: 1'),
    service('image', 'gl ance:\r\n', 'http://glance'),
    service('volume', 'cinder', 'http://cinder/v1'),
    service('volumev2', 'cinder', 'http://cinder/v2'),
  ];
  const access: Access = { token: { id: 'T', expires: 'x' }, serviceCatalog, user: {}, metadata: {} };
  assert.deepEqual(
    new Map(headerAnswer(access, 'http://gateway/v1.0/p')),
    new Map([
      ['X-Server-Management-Url', 'http://gateway/v1.0/p'],
      ['X-CINDER', 'http://cinder/v1'],
      ['X-Auth-Token', 'T'],
    ]),
  );
});

test('a token that no header field can hold is refused without asking the cloud', () => {
  for (const token of [undefined, '', 'two words', 'a\r\nb', 'é']) {
    assert.throws(() => projectsRequest(token), { status: 401 });
    assert.throws(() => tokenRequest('GET', 'T', token ?? ''), { status: 401 });
  }
  assert.deepEqual(tokenRequest('HEAD', 'T', 'S'), {
    method: 'HEAD',
    path: '/v3/auth/tokens',
    headers: { 'X-Auth-Token': 'T', 'X-Subject-Token': 'S' },
  });
});

test('the id of a user cannot leave its segment of the path', () => {
  const { path, body } = passwordRequest('T', '../a?b', { password: 'new', original: 'old' });
  assert.equal(path, '/v3/users/..%2Fa%3Fb/password');
  assert.deepEqual(body, { user: { password: 'new', original_password: 'old' } });
  assert.throws(() => passwordRequest('T', '..', { password: 'new', original: 'old' }), { status: 404 });
});

test('the login behind a change of a password is by the id of the user', () => {
  const { proof, project } = loginAfterChange('u', { password: 'new', original: 'old' }, { id: 'p' });
  assert.deepEqual([proof, project], [{ kind: 'password', user: { id: 'u' }, password: 'new' }, { id: 'p' }]);
});
