import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EmbeddedCloud } from '../../examples/embedded-cloud/embedded-cloud.ts';
import { IMAGE, REBUILD_MS, assertFault, at, send, serverOf, startScene, type CloudReply } from './cloud-caller.ts';

/** Send a request to a server of the seed, by its name. */
function sendTo(
  cloud: EmbeddedCloud,
  name: string,
  { method = 'GET', path = '', body, minor = 1 }: { method?: string; path?: string; body?: unknown; minor?: number },
): Promise<CloudReply> {
  const id = cloud.servers.find((server) => server.name === name)?.id;
  const headers = { 'OpenStack-API-Version': `compute 2.${minor}` };
  return send(cloud, { method, path: `/v2.1/${cloud.project}/servers/${id}${path}`, headers, body });
}

const rebuild = { method: 'POST', path: '/action', body: { rebuild: { imageRef: IMAGE } } };

test('a server in ERROR shows why', async (t) => {
  const { cloud } = await startScene(t);
  const server = serverOf(await sendTo(cloud, 'broken-1', {}));
  assert.deepEqual(server['fault'], {
    code: 500,
    created: '2016-09-19T01:13:26Z',
    message: 'No valid host was found. There are not enough hosts available.',
  });
  assert.equal(server['progress'], undefined);
});

test('Nova rebuilds a server in ERROR', async (t) => {
  const { cloud, clock } = await startScene(t);
  assert.equal((await sendTo(cloud, 'broken-1', rebuild)).status, 202);
  clock.now += REBUILD_MS;
  const server = serverOf(await sendTo(cloud, 'broken-1', {}));
  assert.deepEqual([server['status'], server['fault']], ['ACTIVE', undefined]);
});

test('ECS refuses to rebuild a server in ERROR', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  const reply = await sendTo(cloud, 'broken-1', rebuild);
  assert.equal(reply.status, 400);
  assert.deepEqual(reply.document, {
    error: { code: 'Ecs.0100', message: 'The ECS is in the error state and cannot be rebuilt.' },
  });
  assert.equal(serverOf(await sendTo(cloud, 'broken-1', {}))['status'], 'ERROR');
});

test('a server that boots from a volume has no image, and names its volume', async (t) => {
  const { cloud } = await startScene(t);
  const id = 'a07f71dc-8151-4e7d-a0cc-cd24a3f11113';
  const server = serverOf(await sendTo(cloud, 'volume-1', {}));
  assert.deepEqual([server['image'], server['os-extended-volumes:volumes_attached']], ['', [{ id }]]);
  const later = serverOf(await sendTo(cloud, 'volume-1', { minor: 3 }));
  assert.deepEqual(later['os-extended-volumes:volumes_attached'], [{ id, delete_on_termination: false }]);
  const attached = await sendTo(cloud, 'volume-1', { path: '/os-volume_attachments' });
  assert.equal(at(attached.document, 'volumeAttachments', '0', 'volumeId'), id);
});

test('Nova keeps the image of a server that boots from a volume until 2.92', async (t) => {
  const { cloud } = await startScene(t);
  const reply = await sendTo(cloud, 'volume-1', { ...rebuild, minor: 92 });
  const message = 'Unable to rebuild with a different image for a volume-backed server.';
  assertFault(reply, 400, 'badRequest', message);
  assert.equal((await sendTo(cloud, 'volume-1', { ...rebuild, minor: 93 })).status, 202);
  assert.equal(serverOf(await sendTo(cloud, 'volume-1', {}))['image'], '');
});

test('a server whose user data is hidden lacks the member, and any other has it', async (t) => {
  const { cloud } = await startScene(t, 'ecs');
  const shown = async (name: string): Promise<boolean> =>
    Object.hasOwn(serverOf(await sendTo(cloud, name, { minor: 57 })), 'OS-EXT-SRV-ATTR:user_data');
  assert.deepEqual([await shown('script-1'), await shown('web-1')], [false, true]);
  assert.notEqual(cloud.servers.find(({ name }) => name === 'script-1')?.userData, null);
});

for (const change of [
  rebuild,
  { method: 'POST', path: '/action', body: { reboot: { type: 'SOFT' } } },
  { method: 'POST', path: '/action', body: { 'os-stop': null } },
  { method: 'PUT', body: { server: { name: 'other' } } },
  { method: 'PUT', path: '/metadata', body: { metadata: {} } },
  { method: 'DELETE' },
]) {
  const name = `${change.method} ${JSON.stringify(change.body ?? '')}`;

  test(`Nova throttles ${name} with 429 and Retry-After`, async (t) => {
    const { cloud } = await startScene(t);
    const reply = await sendTo(cloud, 'busy-1', change);
    assertFault(reply, 429, 'overLimit', 'This request was rate-limited.');
    assert.equal(reply.headers['retry-after'], '5');
    assert.equal(at(reply.document, 'overLimit', 'retryAfter'), '5');
    assert.equal(serverOf(await sendTo(cloud, 'busy-1', {}))['name'], 'busy-1');
  });

  test(`ECS throttles ${name} with an error document in a 202`, async (t) => {
    const { cloud } = await startScene(t, 'ecs');
    const reply = await sendTo(cloud, 'busy-1', change);
    assert.equal(reply.status, 202);
    assert.deepEqual(reply.document, { error_code: 'Common.0024', error_msg: 'Flow limit exceeded.' });
    assert.equal(serverOf(await sendTo(cloud, 'busy-1', {}))['status'], 'ACTIVE');
  });
}
