import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Question, WEB_1, assertFault, send, startScene } from './cloud-caller.ts';

const STANDARD = 'OpenStack-API-Version';
const LEGACY = 'X-OpenStack-Nova-API-Version';

const NEGOTIATED: readonly { readonly headers: Question['headers']; readonly version: string }[] = [
  { headers: {}, version: '2.1' },
  { headers: { [STANDARD]: 'compute 2.57' }, version: '2.57' },
  { headers: { [STANDARD]: 'Compute  2.9' }, version: '2.9' },
  { headers: { [LEGACY]: '2.9' }, version: '2.9' },
  { headers: { [STANDARD]: 'compute 2.57', [LEGACY]: '2.9' }, version: '2.57' },
  { headers: { [STANDARD]: 'volume 3.50', [LEGACY]: '2.9' }, version: '2.9' },
  { headers: { [STANDARD]: 'volume 3.50' }, version: '2.1' },
  { headers: { [STANDARD]: 'compute' }, version: '2.1' },
  { headers: { [STANDARD]: 'volume 3.50,compute 2.57' }, version: '2.57' },
  { headers: { [STANDARD]: 'compute latest' }, version: '2.93' },
  { headers: { [LEGACY]: 'latest' }, version: '2.93' },
];

for (const { headers, version } of NEGOTIATED) {
  test(`${JSON.stringify(headers)} selects ${version}`, async (t) => {
    const { cloud } = await startScene(t);
    const reply = await send(cloud, { path: `/v2.1/servers/${WEB_1}`, ...(headers && { headers }) });
    assert.equal(reply.status, 200);
    assert.equal(reply.headers['openstack-api-version'], `compute ${version}`);
    assert.equal(reply.headers['x-openstack-nova-api-version'], version);
  });
}

test('a response has one Vary line for each version header', async (t) => {
  const { cloud } = await startScene(t);
  const { rawHeaders } = await send(cloud, { path: `/v2.1/servers/${WEB_1}` });
  const lines = rawHeaders.filter((_value, index) => rawHeaders[index - 1] === 'Vary' && index % 2 === 1);
  assert.deepEqual(lines, [STANDARD, LEGACY]);
});

for (const version of ['2.94', '2.999', '3.0', '2.0', '1.1']) {
  test(`${version} is out of range: 406, with the version in the headers`, async (t) => {
    const { cloud } = await startScene(t);
    const reply = await send(cloud, { path: '/v2.1/', headers: { [STANDARD]: `compute ${version}` } });
    const message = `Version ${version} is not supported by the API. Minimum is 2.1 and maximum is 2.93.`;
    assertFault(reply, 406, 'computeFault', message);
    assert.equal(reply.headers['x-openstack-nova-api-version'], version);
  });
}

test('the highest microversion of ECS is 2.60', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  const reply = await send(cloud, { path: '/v2.1/', headers: { [STANDARD]: 'compute 2.61' } });
  assertFault(reply, 406, 'computeFault', /maximum is 2\.60\.$/);
  const latest = await send(cloud, { path: '/v2.1/', headers: { [STANDARD]: 'compute latest' } });
  assert.equal(latest.headers['x-openstack-nova-api-version'], '2.60');
});

for (const version of ['two', '2', '2.01', 'LATEST', '2.57 x']) {
  test(`${version} is malformed: 400 without version headers`, async (t) => {
    const { cloud } = await startScene(t);
    const reply = await send(cloud, { path: '/v2.1/', headers: { [STANDARD]: `compute ${version}` } });
    const message = `API Version String ${version} is of invalid format. Must be of format MajorNum.MinorNum.`;
    assertFault(reply, 400, 'badRequest', message);
    assert.equal(reply.headers['openstack-api-version'], undefined);
    assert.equal(reply.headers.vary, undefined);
  });
}
