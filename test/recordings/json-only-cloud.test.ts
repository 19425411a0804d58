import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { call, type TestRequest } from '../support/http.ts';
import { startJsonOnlyCloud, type JsonOnlyCloud } from './json-only-cloud.ts';

const server = '/v2.1/7459f9935ed2422eb9800fea1d4d9378/servers/ea681a24-9b24-4f49-98ef-8e1f73acf19e';
const headers = { Accept: 'application/json', 'OpenStack-API-Version': 'compute 2.1', 'X-Auth-Token': 't' };
const asJson = { ...headers, 'Content-Type': 'application/json' };
const reboot = JSON.stringify({ reboot: { type: 'HARD' } });
const post = (body: string, given: TestRequest['headers'] = asJson): TestRequest => ({
  path: `${server}/action`,
  headers: { ...given, 'Content-Length': String(Buffer.byteLength(body)) },
  body,
});

const refused: Readonly<Record<string, readonly [status: number, request: TestRequest]>> = {
  'a body of XML': [415, post('<reboot type="HARD"/>', { ...headers, 'Content-Type': 'application/xml' })],
  'XML that is called JSON': [400, post('<reboot type="HARD"/>')],
  'a suffix': [404, { method: 'GET', path: `${server}.xml`, headers }],
  'a doubled slash': [404, { method: 'GET', path: server.replace('/servers', '//servers'), headers }],
  'the legacy version': [404, { method: 'GET', path: server.replace('/v2.1', '/v2'), headers }],
  'a request that names no microversion': [
    400,
    { method: 'GET', path: server, headers: { Accept: headers.Accept, 'X-Auth-Token': 't' } },
  ],
  'a number as text': [
    400,
    {
      ...post(JSON.stringify({ server: { name: 'n', flavorRef: '1', min_count: '2' } })),
      path: server.replace(/\/[^/]*$/, ''),
    },
  ],
  'an unknown member': [400, post(JSON.stringify({ reboot: { type: 'HARD', soon: true } }))],
  'an unknown action': [400, post(JSON.stringify({ frobnicate: null }))],
  'an element that became an object': [400, post(JSON.stringify({ addFloatingIp: { address: {} } }))],
  'a chunked body': [
    400,
    { path: `${server}/action`, headers: { ...asJson, 'Transfer-Encoding': 'chunked' }, body: reboot },
  ],
};

describe('the cloud that speaks JSON only', () => {
  const started: { cloud?: JsonOnlyCloud } = {};
  before(async () => {
    started.cloud = await startJsonOnlyCloud();
  });
  after(() => started.cloud?.stop());

  for (const [what, [status, request]] of Object.entries(refused)) {
    test(`refuses ${what} with ${status}`, async () => {
      const { cloud } = started;
      assert.ok(cloud);
      cloud.tell({ status: 202 });
      const answer = await call(cloud.url, request);
      assert.equal(answer.status, status, answer.body);
      assert.equal(cloud.refusals.length, 1);
    });
  }

  test('takes what modern Nova takes', async () => {
    const { cloud } = started;
    assert.ok(cloud);
    cloud.tell({ status: 202 });
    assert.equal((await call(cloud.url, post(reboot))).status, 202);
    assert.deepEqual(cloud.refusals, []);
  });
});
