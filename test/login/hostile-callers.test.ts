import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { betweenServices, bytesOf, json, login } from './byte-callers.ts';
import { readIdentityFault } from './identity-faults.ts';
import { identityUrlOf } from './login-gateway.ts';
import { password } from './login-requests.ts';

const between = betweenServices();

const toV3 = ['POST /identity/v3/auth/tokens'];

// Guards: mayBeIdentity and findIdentityRoute, createOriginForm, and `recognize` before the steps of an App.
describe('tricks with paths lead to the login, or nowhere', () => {
  const targets: Readonly<Record<string, number>> = {
    '/v2.0/tokens': 200,
    '/v2%2e0/tokens': 200,
    '/v2.0/%74okens': 200,
    '//v2.0//tokens//': 200,
    '/v2.0/tokens?x=y&x=../..': 200,
    '/v2.0/tokens.xml': 200,
    'http://elsewhere.example/v2.0/tokens': 200,
    '/v2.0/tokens/../tokens': 400,
    '/v2.0/tokens/..': 400,
    '/v2.0/./tokens': 400,
    '/v2.0/%2e%2e/v2.0/tokens': 400,
    '/v2.0/tokens/%252e%252e/tenants': 400,
    '/v2.0\\..\\tokens': 400,
    '/v2.0%2ftokens': 404,
    '/v2.0%2Ftokens': 404,
    '/v2.0;x/tokens': 404,
    '/v2.0/tokens%2fx': 404,
    '/v2.0/Tokens': 404,
    '/v2.0/tokens;x': 404,
    '/v2.0/tokens%00': 404,
    '/v2.0/tokens%zz': 404,
    '/v2.0/tokens.XML': 404,
    '/v2.0/tokens#x': 400,
    '/v3/../../compute': 400,
    '/v3/%2e%2e/x': 400,
  };
  for (const [target, status] of Object.entries(targets)) {
    test(target, async () => {
      for (const url of [between.gateway.url, identityUrlOf(between.gateway)]) {
        const { given, asked, leaked } = await between.send(bytesOf(`POST ${target}`, json, login), url);
        assert.equal(given.status, status, given.body);
        assert.deepEqual([asked, leaked], [status === 200 ? toV3 : [], 0]);
        if (status !== 200) readIdentityFault(given);
      }
    });
  }

  test('no method and no path of a version gives the key of a login to the compute API', async () => {
    const key = { 'X-Auth-User': 'demo', 'X-Auth-Key': password };
    for (const path of ['/v1.0', '/v1.1', '//v1.1/', '/v1.0/?x']) {
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
        const { given, asked, leaked } = await between.send(bytesOf(`${method} ${path}`, key));
        assert.deepEqual([given.status, asked, leaked], [404, [], 0], `${method} ${path}`);
        readIdentityFault(given);
      }
    }
  });

  test('other methods, and other paths of v2.0, are 404, or 501 if they existed', async () => {
    for (const line of [
      'OPTIONS /v2.0/tokens',
      'PUT /v2.0/tokens',
      'GET /v2.0/nope',
      'TRACE /v2.0/tokens/x',
      'PROPFIND /v2.0/x',
    ]) {
      const { given, leaked } = await between.send(bytesOf(line, json));
      assert.deepEqual([given.status, leaked], [404, 0], line);
      readIdentityFault(given);
    }
    const { given } = await between.send(bytesOf('POST /v2.0/users', json, login));
    assert.equal(given.status, 501);
    readIdentityFault(given);
  });
});

describe('a request that a limit of the gateway refuses gets a fault of the Identity API', () => {
  const long = 'a'.repeat(60_000);
  const refused: Readonly<Record<string, readonly [number, Buffer]>> = {
    'no Host': [400, Buffer.from('POST /v2.0/tokens HTTP/1.1\r\nContent-Length: 0\r\n\r\n')],
    'an invalid Host': [400, bytesOf('GET /v2.0/tenants', { Host: 'a"b' })],
    'an unknown expectation': [417, bytesOf('POST /v2.0/tokens', { ...json, Expect: 'more' }, login)],
    'an unknown transfer coding': [
      501,
      Buffer.from('POST /v2.0/tokens HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'),
    ],
    'a token of 60 KB in a field': [431, bytesOf('GET /v2.0/tenants', { 'X-Auth-Token': long })],
    'a token of 60 KB in the path': [404, bytesOf(`GET /v2.0/tokens/${long}`, { 'X-Auth-Token': 'T' })],
    'a token of 60 KB in the body': [400, bytesOf('POST /v2.0/tokens', json, `{"auth": {"token": {"id": "${long}"}}}`)],
    'a key of 60 KB': [431, bytesOf('GET /v1.0', { 'X-Auth-User': 'demo', 'X-Auth-Key': long })],
    'a key of 5 KB': [400, bytesOf('GET /v1.0', { 'X-Auth-User': 'demo', 'X-Auth-Key': long.slice(0, 5000) })],
    'a body over the limit': [413, bytesOf('POST /v2.0/tokens', json, ' '.repeat(114_689))],
    'a token that no header field can hold': [401, bytesOf('GET /v2.0/tenants', { 'X-Auth-Token': 'a b' })],
    'a token in the path that would be two fields': [
      401,
      bytesOf('GET /v2.0/tokens/a%0d%0aX-Evil:%201', { 'X-Auth-Token': 'T' }),
    ],
    'two tokens': [
      401,
      Buffer.from('GET /v2.0/tenants HTTP/1.1\r\nHost: a\r\nX-Auth-Token: a\r\nX-Auth-Token: b\r\n\r\n'),
    ],
    'an empty key': [401, bytesOf('GET /v1.0', { 'X-Auth-User': '', 'X-Auth-Key': '' })],
  };
  for (const [what, [status, bytes]] of Object.entries(refused)) {
    test(what, async () => {
      const { given, asked, leaked } = await between.send(bytes);
      assert.deepEqual([given.status, asked, leaked], [status, [], 0], given.body);
      readIdentityFault(given);
    });
  }
});

/** Write UTF-8 as the characters whose bytes it has. */
const latin1 = (text: string): string => Buffer.from(text).toString('latin1');

describe('names and passwords reach the service as they are', () => {
  const names: readonly string[] = [
    ' demo ',
    'd\u00e9mo\u202e\u2066',
    '\u0000\u0001\u007f\u0085\u2028',
    'a\r\nX-Evil: 1\r\n\r\nGET / HTTP/1.1',
    '\ud800',
    '\u{1f600}\u0301\ufeff',
    '__proto__',
    '"}}, "x": "',
  ];
  for (const name of names) {
    test(JSON.stringify(name), async () => {
      const known = between.service.received.length;
      const body = JSON.stringify({
        auth: { tenantName: name, passwordCredentials: { username: name, password: name } },
      });
      const { given, asked } = await between.send(bytesOf('POST /v2.0/tokens', json, body));
      assert.deepEqual([given.status, asked], [200, toV3], given.body);
      const { headers, body: sent } = between.service.received[known] ?? assert.fail();
      const domain = { id: 'default' };
      assert.deepEqual(JSON.parse(sent.toString()), {
        auth: {
          identity: { methods: ['password'], password: { user: { name, domain, password: name } } },
          scope: { project: { name, domain } },
        },
      });
      assert.equal(headers['x-evil'], undefined);
    });
  }

  test('bytes of UTF-8 in the fields of a login', async () => {
    const known = between.service.received.length;
    const fields = { 'X-Auth-User': latin1('caf\u00e9:d\u00e9mo\u202e'), 'X-Auth-Key': latin1('p\u00e4ss') };
    const { given } = await between.send(bytesOf('GET /v1.0', fields));
    assert.equal(given.status, 204);
    const sent = between.service.received[known]?.body.toString() ?? '';
    for (const text of ['"d\u00e9mo\u202e"', '"p\u00e4ss"', '"caf\u00e9"']) assert.ok(sent.includes(text), sent);
  });

  test('no control character gets into a field', async () => {
    for (const code of [0, 1, 8, 10, 11, 13, 27, 127]) {
      const control = String.fromCharCode(code);
      const { given, asked, leaked } = await between.send(
        bytesOf('GET /v1.0', { 'X-Auth-User': `a${control}b`, 'X-Auth-Key': `k${control}` }),
      );
      assert.deepEqual([given.status, asked, leaked], [400, [], 0], `${code}`);
    }
  });
});
