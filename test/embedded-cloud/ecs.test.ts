import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WEB_1, at, rebuild, send, serverOf, show, startScene } from './cloud-caller.ts';

for (const { name, value } of [
  { name: 'accessIPv4', value: '1.2.3.4' },
  { name: 'accessIPv6', value: 'fe80::100' },
  { name: 'personality', value: [] },
  { name: 'preserve_ephemeral', value: false },
  { name: 'OS-DCF:diskConfig', value: 'AUTO' },
]) {
  test(`ECS refuses ${name} in its own words at every microversion and base`, async (t) => {
    const { cloud } = await startScene(t, 'ecs');
    for (const { minor, base } of [
      { minor: 1, base: 'v2.1' },
      { minor: 57, base: 'v2.1' },
      { minor: 1, base: 'v2' },
    ]) {
      const reply = await rebuild(cloud, { [name]: value }, minor, base);
      assert.equal(reply.status, 400);
      assert.deepEqual(reply.document, {
        error: { code: 'Ecs.0005', message: `The parameter ${name} is not supported.` },
      });
    }
    assert.equal(serverOf(await show(cloud))['status'], 'ACTIVE');
  });
}

test('ECS takes 32768 bytes of user data and refuses one more', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  const over = await rebuild(cloud, { user_data: Buffer.alloc(32_769).toString('base64') }, 57);
  assert.equal(over.status, 400);
  assert.equal(at(over.document, 'error', 'code'), 'Ecs.0005');
  const full = await rebuild(cloud, { user_data: Buffer.alloc(32_768).toString('base64') }, 57);
  assert.equal(full.status, 202);
});

test('ECS has its own flavor, and no Location', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  const reply = await rebuild(cloud, { name: 'rebuildName' }, 57);
  assert.equal(reply.status, 202);
  assert.equal(reply.headers.location, undefined);
  assert.match(String(reply.headers['x-compute-request-id']), /^req-/);
  assert.equal(at(reply.document, 'server', 'flavor', 'original_name'), 's3.xlarge.1');
  assert.equal(at(serverOf(await show(cloud, 46)), 'flavor', 'id'), 's3.xlarge.1');
});

test('ECS builds its links badly', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  const server = serverOf(await rebuild(cloud));
  assert.deepEqual(server['links'], [
    { rel: 'self', href: `https://None/v2.1/${cloud.project}/servers/${WEB_1}` },
    { rel: 'bookmark', href: `https://None/${cloud.project}/servers/${WEB_1}` },
  ]);
});

test('ECS points to its own identity service', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  const reply = await send(cloud, { path: `/v2.1/servers/${WEB_1}`, headers: { 'X-Auth-Token': undefined } });
  assert.equal(reply.headers['www-authenticate'], 'Keystone uri="https://iam.example.com/v3"');
});
