// Guards: the routes /api/live and /api/exchanges of the admin port, from exchanges of callers on.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, describe, test } from 'node:test';
import { call } from '../../support/http.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { startScriptedCloud, type ScriptedCloud } from '../../support/scripted-cloud.ts';
import { bearer, callAdmin } from '../admin-caller.ts';
import { readLive } from './live-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-live-'));
after(() => rmSync(folder, { recursive: true }));
const token = 'CanaryToken-of-the-live-page';
writeFileSync(join(folder, 'token'), token);
const proven = bearer(token);

const project = '7459f9935ed2422eb9800fea1d4d9378';
const rebuild = {
  method: 'POST',
  path: `/v2/${project}/servers/0c37a84a-c757-4f22-8c7f-0bf8b6970886/action?name=canary-query`,
  headers: {
    'Content-Type': 'application/xml',
    Accept: 'application/xml',
    'User-Agent': 'python-novaclient',
    'X-Auth-Token': 'canary-token',
    Cookie: 'canary-cookie',
    'X-OpenStack-Request-ID': 'req-11111111-2222-3333-4444-555555555555',
  },
  body: '<rebuild xmlns="http://docs.openstack.org/compute/api/v1.1" imageRef="http://x/images/70a599e0-31e7-49b7-b260-868f441e862b" adminPass="canary-password"><metadata><meta key="canary-key">canary-value</meta></metadata></rebuild>',
};

describe('the exchanges of a gateway', () => {
  let cloud: ScriptedCloud;
  let gateway: TestGateway;
  beforeEach(async () => {
    const headers = { 'Content-Type': 'application/json', 'X-Compute-Request-Id': 'req-of-the-cloud' };
    cloud = await startScriptedCloud({ status: 202, headers, body: '{"server": {"adminPass": "canary-answer"}}' });
    gateway = await startTestGateway(cloud.url, { GATEWAY_ADMIN_TOKEN_FILE: join(folder, 'token') });
  });
  afterEach(async () => {
    await gateway.stop();
    await cloud.stop();
  });

  test('are shown to a reader as they end, with what became of them and without any secret', async () => {
    const reader = await readLive(gateway.adminUrl, proven);
    assert.deepEqual([reader.status, reader.headers['content-type']], [200, 'text/event-stream']);
    await call(gateway.url, rebuild);
    await call(gateway.url, { method: 'GET', path: '/v2.0/tokens/canary-token-in-the-path' });
    await call(gateway.url, { ...rebuild, body: '<rebuild adminPass="canary-password"' });
    await reader.has('exchange', 3);
    assert.doesNotMatch(reader.text(), /canary/i);
    const [first, , third] = reader.events.filter(({ name }) => name === 'exchange').map(({ data }) => data);
    const path = rebuild.path.replace(/\?.*/, '');
    assert.deepEqual(part(first, ['outcome', 'operation', 'status', 'cloudStatus', 'cloudMethod', 'cloudPath']), {
      outcome: 'translated',
      operation: 'rebuild',
      status: 202,
      cloudStatus: 202,
      cloudMethod: 'POST',
      cloudPath: path.replace('/v2/', '/v2.1/'),
    });
    assert.deepEqual(part(first, ['path', 'requestId', 'globalRequestId', 'agent', 'project']), {
      path,
      requestId: 'req-of-the-cloud',
      globalRequestId: rebuild.headers['X-OpenStack-Request-ID'],
      agent: 'python-novaclient',
      project,
    });
    assert.match(JSON.stringify(first?.['needs']), /xml-request/);
    assert.deepEqual(part(third, ['outcome', 'fault', 'cloudPath']), {
      outcome: 'refused',
      fault: 'malformed-body',
      cloudPath: null,
    });
    reader.leave();
  });

  test('are not kept without a reader, unless a setting says so; then one is found by each of its ids', async () => {
    const exchangesFor = async (query: string): Promise<number> => {
      const { body } = await callAdmin(gateway.adminUrl, `/api/exchanges${query}`, { headers: proven });
      return (JSON.parse(body) as { exchanges: unknown[] }).exchanges.length;
    };
    await call(gateway.url, rebuild);
    assert.equal(gateway.reload({ GATEWAY_CONSOLE_EXCHANGES: '2' }), true);
    const reader = await readLive(gateway.adminUrl, proven);
    await reader.has('hello');
    assert.deepEqual(reader.events[0]?.data['mostKept'], 2);
    for (let count = 0; count < 3; count += 1) await call(gateway.url, rebuild);
    await reader.has('exchange', 3);
    assert.equal(await exchangesFor(''), 2);
    for (const id of ['req-of-the-cloud', rebuild.headers['X-OpenStack-Request-ID']])
      assert.equal(await exchangesFor(`?id=${id}`), 2, id);
    for (const id of ['req-other', 'rebuild', 'req-']) assert.equal(await exchangesFor(`?id=${id}`), 0, id);
    const late = await readLive(gateway.adminUrl, proven);
    await late.has('exchange', 2);
    const { body } = await callAdmin(gateway.adminUrl, '/api/exchanges.csv', { headers: proven });
    assert.match(body, /^at,worker,method,path,/);
    for (const each of [reader, late]) each.leave();
  });

  test('are shown to nobody without the token, nor by another method', async () => {
    assert.equal((await callAdmin(gateway.adminUrl, '/api/live')).status, 401);
    for (const method of ['POST', 'DELETE'])
      assert.equal((await callAdmin(gateway.adminUrl, '/api/live', { method, headers: proven })).status, 405);
    const head = await callAdmin(gateway.adminUrl, '/api/live', { method: 'HEAD', headers: proven });
    assert.deepEqual([head.status, head.headers['content-type']], [200, 'text/event-stream']);
  });

  test('end for their readers at a reload and at the shutdown, which waits for none', async () => {
    const reader = await readLive(gateway.adminUrl, proven);
    assert.equal(gateway.reload({}), true);
    await reader.ended();
    assert.deepEqual(reader.events.at(-1), { name: 'end', data: { reason: 'reload' } });
    const next = await readLive(gateway.adminUrl, proven);
    const stopping = gateway.stop();
    await next.ended();
    assert.deepEqual(next.events.at(-1), { name: 'end', data: { reason: 'shutdown' } });
    await stopping;
    gateway = await startTestGateway(cloud.url, { GATEWAY_ADMIN_TOKEN_FILE: join(folder, 'token') });
  });
});

function part(fields: Readonly<Record<string, unknown>> = {}, names: readonly string[] = []): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, fields[name]]));
}
