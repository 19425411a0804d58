import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, send, startScene } from './cloud-caller.ts';

const ANONYMOUS = { 'X-Auth-Token': undefined };

for (const { kind, maximum, origin } of [
  { kind: 'nova', maximum: '2.93', origin: undefined },
  { kind: 'ecs', maximum: '2.60', origin: 'https://None' },
] as const) {
  test(`${kind} lists 2.1 to ${maximum}, without a token`, async (t) => {
    const { cloud } = await startScene(t, kind);
    const base = origin ?? cloud.url;
    const list = await send(cloud, { path: '/', headers: ANONYMOUS });
    assert.equal(list.status, 200);
    assert.deepEqual(at(list.document, 'versions', '1'), {
      id: 'v2.1',
      status: 'CURRENT',
      version: maximum,
      min_version: '2.1',
      updated: '2013-07-23T11:33:21Z',
      links: [{ rel: 'self', href: `${base}/v2.1/` }],
    });
    for (const path of ['/v2.1/', '/v2.1']) {
      const { status, document } = await send(cloud, { path, headers: ANONYMOUS });
      assert.equal(status, 200);
      assert.equal(at(document, 'version', 'version'), maximum);
      assert.equal(at(document, 'version', 'min_version'), '2.1');
      assert.equal(at(document, 'version', 'links', '0', 'href'), `${base}/v2.1/`);
    }
  });
}

test('/v2/ has no microversions, neither in the document nor in the headers', async (t) => {
  const { cloud } = await startScene(t);
  const { status, document, headers } = await send(cloud, {
    path: '/v2/',
    headers: { ...ANONYMOUS, 'OpenStack-API-Version': 'compute two' },
  });
  assert.equal(status, 200);
  assert.equal(at(document, 'version', 'id'), 'v2.0');
  assert.equal(at(document, 'version', 'version'), '');
  assert.equal(headers['openstack-api-version'], undefined);
});

test('a path below neither base path is a 300 with the choices', async (t) => {
  const { cloud } = await startScene(t);
  const { status, document } = await send(cloud, { path: '/v1.1/servers', headers: ANONYMOUS });
  assert.equal(status, 300);
  assert.equal(at(document, 'choices', '0', 'links', '0', 'href'), `${cloud.url}/v2/v1.1/servers`);
});
