import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call, type TestRequest } from '../support/http.ts';
import { startScriptedCloud, type ScriptedCloud } from '../support/scripted-cloud.ts';
import { readIdentityFault } from './identity-faults.ts';
import { startLoginGateway, type LoginGateway } from './login-gateway.ts';
import { identityCalls } from './login-requests.ts';

const json = { 'Content-Type': 'application/json' };
const compute: Readonly<Record<string, TestRequest>> = {
  'a list': { method: 'GET', path: '/v2/p/servers' },
  'a list of v1.1': { method: 'GET', path: '/v1.1/p/servers' },
  'an action': { path: '/v2/p/servers/s/action', headers: json, body: '{"reboot": {"type": "HARD"}}' },
  'a call of v2.1': { method: 'GET', path: '/v2.1/p/servers' },
  'an unknown service': { method: 'GET', path: '/v4/x' },
  'a version document': { method: 'GET', path: '/v2/' },
};

describe('without an identity service', () => {
  let cloud: ScriptedCloud;
  let gateway: TestGateway;
  before(async () => {
    cloud = await startScriptedCloud({ status: 200, headers: json, body: '{}' });
    gateway = await startTestGateway(cloud.url);
  });
  after(async () => {
    await gateway.stop();
    await cloud.stop();
  });

  test('each call of a login is 404 with a sentence, and nothing is sent', async () => {
    const more: readonly TestRequest[] = [
      { method: 'GET', path: '/v2.0' },
      { method: 'GET', path: '/v2.0/nope' },
      { path: '/v1.1/auth', headers: json, body: '{}' },
    ];
    for (const request of [...Object.values(identityCalls), ...more]) {
      const answer = await call(gateway.url, request);
      assert.equal(answer.status, 404, request.path);
      assert.match(readIdentityFault(answer).message, /^This gateway has no login, .* identity\.url\./);
    }
    assert.deepEqual(cloud.received, []);
  });

  test('v3 is forwarded to the cloud, as calls of other services are', async () => {
    const answer = await call(gateway.url, {
      method: 'GET',
      path: '/v3/auth/tokens?nocatalog',
      headers: { 'X-Auth-Token': 'T' },
    });
    assert.deepEqual([answer.status, answer.body], [200, '{}']);
    assert.deepEqual(
      cloud.received.map(({ method, path }) => `${method} ${path}`),
      ['GET /v3/auth/tokens?nocatalog'],
    );
  });
});

describe('with one', () => {
  let gateway: LoginGateway;
  let cloud: ScriptedCloud;
  before(async () => {
    cloud = await startScriptedCloud({ status: 200, headers: json, body: '{"servers": []}' });
    gateway = await startLoginGateway({ GATEWAY_UPSTREAM_URL: cloud.url });
  });
  after(async () => {
    await gateway.stop();
    await cloud.stop();
  });

  for (const [what, request] of Object.entries(compute)) {
    test(`a port for logins has no compute: ${what} is 404`, async () => {
      const known = cloud.received.length;
      const answer = await call(gateway.identityUrl, request);
      assert.equal(answer.status, 404);
      readIdentityFault(answer);
      const inXml = await call(gateway.identityUrl, {
        ...request,
        headers: { ...request.headers, Accept: 'application/xml' },
      });
      assert.equal(inXml.headers['content-type'], 'application/xml');
      readIdentityFault(inXml);
      assert.equal(cloud.received.length, known);
      assert.deepEqual(gateway.service.received, []);
    });
  }

  test('the same path at the port of compute goes to the cloud', async () => {
    const answer = await call(gateway.url, compute['a list'] ?? assert.fail());
    assert.deepEqual([answer.status, answer.body], [200, '{"servers":[]}']);
  });

  test('v3 passes untouched at both ports: method, query, fields, body and answer', async () => {
    for (const url of [gateway.url, gateway.identityUrl]) {
      const known = gateway.service.received.length;
      const text = '{"token":  {"x": [1.0]}}';
      gateway.service.script({
        status: 201,
        headers: { ...json, 'X-Subject-Token': 'S', Vary: 'X-Auth-Token' },
        body: text,
      });
      const body = '{"auth":  {"identity": {}}}';
      const answer = await call(url, {
        path: '/v3/auth/tokens?nocatalog=1',
        headers: { ...json, 'X-Auth-Token': 'T' },
        body,
      });
      assert.deepEqual([answer.status, answer.body, answer.headers['x-subject-token']], [201, text, 'S']);
      const { method, path, headers, body: sent } = gateway.service.received[known] ?? assert.fail();
      assert.deepEqual(
        [method, path, headers['x-auth-token'], sent.toString()],
        ['POST', '/v3/auth/tokens?nocatalog=1', 'T', body],
      );
    }
  });
});
