import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WEB_1, at, sendRebuild, send, serverOf, sendShow, startScene } from './cloud-caller.ts';

for (const { name, value } of [
  { name: 'accessIPv4', value: '1.2.3.4' },
  { name: 'accessIPv6', value: 'fe80::100' },
  { name: 'personality', value: [] },
  { name: 'preserve_ephemeral', value: false },
  { name: 'OS-DCF:diskConfig', value: 'AUTO' },
]) {
  test(`ECS refuses ${name} with its own fault at every microversion and base path`, async (t) => {
    const { cloud } = await startScene(t, 'ecs');
    for (const { minor, base } of [
      { minor: 1, base: 'v2.1' },
      { minor: 57, base: 'v2.1' },
      { minor: 1, base: 'v2' },
    ]) {
      const reply = await sendRebuild(cloud, { [name]: value }, minor, base);
      assert.equal(reply.status, 400);
      assert.deepEqual(reply.document, {
        error: { code: 'Ecs.0005', message: `The parameter ${name} is not supported.` },
      });
    }
    assert.equal(serverOf(await sendShow(cloud))['status'], 'ACTIVE');
  });
}

test('ECS accepts 32768 bytes of user data and refuses one more', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  const over = await sendRebuild(cloud, { user_data: Buffer.alloc(32_769).toString('base64') }, 57);
  assert.equal(over.status, 400);
  assert.equal(at(over.document, 'error', 'code'), 'Ecs.0005');
  const full = await sendRebuild(cloud, { user_data: Buffer.alloc(32_768).toString('base64') }, 57);
  assert.equal(full.status, 202);
});

test('ECS accepts and repeats the password of a rebuild, which has no effect; Nova sets it', async (t) => {
  for (const { kind, set } of [
    { kind: 'ecs', set: null },
    { kind: 'nova', set: 'seekr3t' },
  ] as const) {
    const { cloud } = await startScene(t, kind);
    assert.equal(serverOf(await sendRebuild(cloud, { adminPass: 'seekr3t' }))['adminPass'], 'seekr3t');
    assert.equal(cloud.servers[0]?.adminPassword, set);
  }
});

test('ECS has its own flavor and sends no Location', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  const reply = await sendRebuild(cloud, { name: 'rebuildName' }, 57);
  assert.equal(reply.status, 202);
  assert.equal(reply.headers.location, undefined);
  assert.match(String(reply.headers['x-compute-request-id']), /^req-/);
  assert.equal(at(reply.document, 'server', 'flavor', 'original_name'), 's3.xlarge.1');
  assert.equal(at(serverOf(await sendShow(cloud, 46)), 'flavor', 'id'), 's3.xlarge.1');
});

test('ECS sends links with the host None', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  const server = serverOf(await sendRebuild(cloud));
  assert.deepEqual(server['links'], [
    { rel: 'self', href: `https://None/v2.1/${cloud.project}/servers/${WEB_1}` },
    { rel: 'bookmark', href: `https://None/${cloud.project}/servers/${WEB_1}` },
  ]);
});

test('a 401 of ECS names its own identity service', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  const reply = await send(cloud, { path: `/v2.1/servers/${WEB_1}`, headers: { 'X-Auth-Token': undefined } });
  assert.equal(reply.headers['www-authenticate'], `Keystone uri="${cloud.identityUrl}/v3"`);
});
