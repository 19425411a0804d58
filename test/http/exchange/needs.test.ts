import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { call, type TestRequest } from '../../support/http.ts';
import { startScriptedCloud, type Scripted, type ScriptedCloud } from '../../support/scripted-cloud.ts';

const xml = { Accept: 'application/xml' };
const json = { Accept: 'application/json' };
const found: Scripted = {
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  body: '{"flavors": [{"id": "1", "name": "m1.tiny", "links": []}]}',
};
const accepted: Scripted = { status: 202 };
const gone: Scripted = {
  status: 410,
  headers: { 'Content-Type': 'application/json' },
  body: '{"computeFault": {"code": 410, "message": "gone"}}',
};
const reboot = { method: 'POST', path: '/v2.1/demo/servers/5/action' };

describe('the needs and the operation of the line of an exchange', () => {
  let cloud: ScriptedCloud;
  let gateway: TestGateway;
  before(async () => {
    cloud = await startScriptedCloud(found);
    const regions = JSON.stringify({ West: { url: cloud.url, profile: 'nova' } });
    gateway = await startTestGateway(cloud.url, { GATEWAY_REGIONS: regions });
  });
  after(async () => {
    await gateway.stop();
    await cloud.stop();
  });

  async function lineOf(request: TestRequest, answer: Scripted): Promise<Readonly<Record<string, unknown>>> {
    gateway.forget();
    cloud.script(answer);
    await call(gateway.url, request);
    await gateway.logged('exchange', 1);
    return gateway.log.find(({ event }) => event === 'exchange')?.fields ?? {};
  }

  const cases: readonly (readonly [name: string, TestRequest, Scripted, needs: string[], operation: string])[] = [
    ['JSON of v2.1', { method: 'GET', path: '/v2.1/demo/flavors', headers: json }, found, [], 'GET flavors'],
    ['JSON of v2', { method: 'GET', path: '/v2/demo/flavors', headers: json }, found, ['path-v2'], 'listFlavors'],
    ['v1.1', { method: 'GET', path: '/v1.1/demo/flavors' }, found, ['path-v1.1'], 'listFlavors'],
    ['XML', { method: 'GET', path: '/v2.1/demo/flavors', headers: xml }, found, ['xml-answer'], 'listFlavors'],
    ['.xml', { method: 'GET', path: '/v2/p/flavors.xml' }, found, ['path-v2', 'suffix', 'xml-answer'], 'listFlavors'],
    ['.json', { method: 'GET', path: '/v2/p/flavors.json' }, found, ['path-v2', 'suffix'], 'listFlavors'],
    ['a key pair a.json', { method: 'GET', path: '/v2.1/os-keypairs/a.json' }, found, [], 'GET os-keypairs'],
    [
      'a version by Accept',
      { method: 'GET', path: '/West/p/flavors', headers: { Accept: 'application/json;version=2' } },
      found,
      ['media-version'],
      'listFlavors',
    ],
    [
      'XML, refused',
      { method: 'GET', path: '/v2.1/demo/flavors', headers: xml },
      gone,
      ['xml-answer', 'withdrawn:flavors'],
      'listFlavors',
    ],
    [
      'a type of nothing',
      { method: 'GET', path: '/v2.1/demo/flavors', headers: { ...json, 'Content-Type': 'text/xml' } },
      found,
      ['xml-request'],
      'listFlavors',
    ],
    [
      'XML without an answer',
      { ...reboot, headers: { ...xml, 'Content-Type': 'application/xml' }, body: '<reboot type="SOFT"/>' },
      accepted,
      ['xml-request'],
      'reboot',
    ],
    [
      'malformed XML',
      { ...reboot, headers: { 'Content-Type': 'application/xml' }, body: '<reboot' },
      accepted,
      ['xml-request', 'xml-answer'],
      '',
    ],
    ['a forwarded call', { method: 'GET', path: '/v2.1/os-gadgets', headers: json }, found, [], 'other'],
    [
      'a forwarded call for XML',
      { method: 'GET', path: '/v2.1/demo/os-fping', headers: xml },
      found,
      ['xml-answer'],
      'GET os-fping',
    ],
    [
      'a forwarded HEAD for XML',
      { method: 'HEAD', path: '/v2.1/demo/flavors', headers: xml },
      found,
      [],
      'HEAD flavors',
    ],
    [
      'a withdrawn call',
      { method: 'GET', path: '/v2.1/demo/os-certificates/root', headers: json },
      gone,
      ['withdrawn:os-certificates'],
      'GET os-certificates',
    ],
    ['another service', { method: 'GET', path: '/v3/users.xml', headers: xml }, found, [], 'other'],
    [
      'chunks',
      {
        ...reboot,
        headers: { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
        body: '{"reboot": {"type": "SOFT"}}',
      },
      accepted,
      ['chunked-request'],
      'POST servers/action',
    ],
  ];
  for (const [name, request, answer, needs, operation] of cases) {
    test(`are right for ${name}`, async () => {
      const line = await lineOf(request, answer);
      assert.deepEqual(line['needs'], needs);
      assert.equal(line['operation'] ?? '', operation);
    });
  }

  const places: readonly (readonly [method: string, path: string, project: string | undefined, server?: string])[] = [
    ['GET', '/v2.1/flavors', undefined],
    ['HEAD', '/v2.1/flavors/1', undefined],
    ['GET', '/v2.1/demo/flavors', 'demo'],
    ['GET', '/v2.1/servers/5.xml', undefined, '5'],
    ['GET', '/v2/demo/servers/5.xml', 'demo', '5'],
    ['HEAD', '/v2/demo/servers/5', 'demo', '5'],
    ['GET', '/West/v2/demo/servers/5.json', 'demo', '5'],
    ['GET', '/West/v2.1/flavors', undefined],
  ];
  for (const [method, path, project, server] of places) {
    test(`are beside the project and the server of ${method} ${path}`, async () => {
      const line = await lineOf({ method, path }, found);
      assert.deepEqual([line['project'], line['server']], [project, server]);
    });
  }

  test('are the labels of a metric, whose series are there before the first exchange', async () => {
    await lineOf({ method: 'GET', path: '/v1.1/demo/flavors' }, found);
    const text = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
    assert.match(text, /^gateway_needed_total\{operation="listFlavors",reason="path-v1\.1",breaks="true"\} [1-9]/m);
    assert.match(text, /^gateway_needed_total\{operation="createServer",reason="url-reference",breaks="true"\} 0/m);
    assert.match(text, /^gateway_needed_total\{operation="forwarded",reason="path-v2",breaks="false"\} \d/m);
  });
});
