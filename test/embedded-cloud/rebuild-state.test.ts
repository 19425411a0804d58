import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmbeddedCloud } from '../../examples/embedded-cloud/embedded-cloud.ts';
import {
  REBUILD_MS,
  WEB_1,
  assertFault,
  at,
  sendAction,
  sendRebuild,
  send,
  serverOf,
  sendShow,
  startScene,
} from './cloud-caller.ts';

const BUSY = `instance ${WEB_1} while it is in task_state rebuilding`;

test('a server is in REBUILD from the 202 on, and ACTIVE when the rebuild ends', async (t) => {
  const { cloud, clock } = await startScene(t);
  const rebuilt = serverOf(await sendRebuild(cloud, { name: 'foobar' }));
  assert.equal(rebuilt['status'], 'REBUILD');
  assert.equal(rebuilt['progress'], 0);
  assert.equal(rebuilt['updated'], '2026-01-02T03:04:05Z');
  clock.now += REBUILD_MS - 1;
  const during = serverOf(await sendShow(cloud));
  assert.equal(during['status'], 'REBUILD');
  assert.equal(during['OS-EXT-STS:task_state'], 'rebuilding');
  clock.now += 1;
  const after = serverOf(await sendShow(cloud));
  assert.equal(after['status'], 'ACTIVE');
  assert.equal(after['OS-EXT-STS:task_state'], null);
  assert.equal(after['progress'], 0);
  assert.equal(after['name'], 'foobar');
  assert.equal(after['updated'], '2026-01-02T03:04:06Z');
});

test('a second action during a rebuild is a 409; after the rebuild it is accepted', async (t) => {
  const { cloud, clock } = await startScene(t);
  await sendRebuild(cloud);
  assertFault(await sendRebuild(cloud), 409, 'conflictingRequest', `Cannot 'rebuild' ${BUSY}`);
  const reboot = { body: { reboot: { type: 'HARD' } } };
  assertFault(await sendAction(cloud, reboot), 409, 'conflictingRequest', `Cannot 'reboot' ${BUSY}`);
  clock.now += REBUILD_MS;
  assert.equal((await sendRebuild(cloud)).status, 202);
});

test('the conflict is reported before an unknown image and after a malformed one', async (t) => {
  const { cloud } = await startScene(t);
  await sendRebuild(cloud);
  const unknown = { imageRef: '00000000-0000-4000-8000-000000000000' };
  assertFault(await sendRebuild(cloud, unknown), 409, 'conflictingRequest', `Cannot 'rebuild' ${BUSY}`);
  assertFault(await sendRebuild(cloud, { imageRef: 'x' }), 400, 'badRequest', /is not a 'uuid'$/);
});

test('a rebuild does not affect the other server', async (t) => {
  const { cloud } = await startScene(t);
  await sendRebuild(cloud);
  const other = await send(cloud, { path: '/v2.1/servers/075e40fe-9f03-4652-ba8e-5f8e2547899a' });
  assert.equal(serverOf(other)['status'], 'ACTIVE');
});

test('a locked server is a 409', async (t) => {
  const { cloud } = await startScene(t);
  const [server] = cloud.servers;
  assert.ok(server);
  server.locked = true;
  assertFault(await sendRebuild(cloud), 409, 'conflictingRequest', `Instance ${WEB_1} is locked`);
  assert.equal(serverOf(await sendShow(cloud, 9))['locked'], true);
});

test('preserve_ephemeral is accepted and ends in ERROR; the server can be rebuilt from there', async (t) => {
  const { cloud, clock } = await startScene(t);
  assert.equal((await sendRebuild(cloud, { preserve_ephemeral: 'yes' })).status, 202);
  clock.now += REBUILD_MS;
  const broken = serverOf(await sendShow(cloud));
  assert.equal(broken['status'], 'ERROR');
  assert.equal(broken['progress'], undefined);
  assert.equal(at(broken, 'fault', 'code'), 400);
  const again = serverOf(await sendRebuild(cloud, {}, 75));
  assert.equal(again['status'], 'REBUILD');
  assert.equal(again['OS-EXT-STS:vm_state'], 'error');
  clock.now += REBUILD_MS;
  assert.equal(serverOf(await sendShow(cloud))['status'], 'ACTIVE');
});

test('members that a rebuild does not name keep their values, except for the disk config', async (t) => {
  const { cloud, clock } = await startScene(t);
  const first = {
    name: 'foobar',
    metadata: { a: 'b' },
    accessIPv4: '1.2.3.4',
    accessIPv6: 'FE80:0:0::0100',
    'OS-DCF:diskConfig': 'AUTO',
    description: 'd',
    key_name: 'spare-key',
    user_data: 'eA==',
  };
  await sendRebuild(cloud, first, 57);
  clock.now += REBUILD_MS;
  const server = serverOf(await sendRebuild(cloud, {}, 57));
  const expected = { ...first, accessIPv6: 'fe80::100', 'OS-DCF:diskConfig': 'MANUAL' };
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, server[name]])), expected);
});

test('null removes key pair, user data and description; metadata is replaced as a whole', async (t) => {
  const { cloud, clock } = await startScene(t);
  await sendRebuild(cloud, { user_data: 'eA==', description: 'd', metadata: { a: 'b', c: 'd' } }, 57);
  clock.now += REBUILD_MS;
  const nothing = { key_name: null, user_data: null, description: null, metadata: {} };
  const server = serverOf(await sendRebuild(cloud, nothing, 57));
  for (const [name, value] of Object.entries(nothing)) assert.deepEqual(server[name], value, name);
});

test('a GET shows the user data of a rebuild from 2.3 on', async (t) => {
  const { cloud } = await startScene(t);
  await sendRebuild(cloud, { user_data: 'eA==' }, 57);
  assert.equal(serverOf(await sendShow(cloud, 3))['OS-EXT-SRV-ATTR:user_data'], 'eA==');
  assert.equal(cloud.servers[0]?.userData, 'eA==');
});

test('the cloud uses the real clock by default', async (t) => {
  const cloud = await startEmbeddedCloud({ kind: 'nova', rebuildMs: 0 });
  t.after(() => cloud.close());
  await sendRebuild(cloud);
  assert.equal(serverOf(await sendShow(cloud))['status'], 'ACTIVE');
});
