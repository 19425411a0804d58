import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IMAGE, WEB_1, assertFault, at, send, serverOf, startScene } from './cloud-caller.ts';

test('a path without a project finds the server; its links have no project either', async (t) => {
  const { cloud } = await startScene(t);
  const server = serverOf(await send(cloud, { path: `/v2.1/servers/${WEB_1}` }));
  assert.equal(server['name'], 'web-1');
  assert.deepEqual(server['links'], [
    { rel: 'self', href: `${cloud.url}/v2.1/servers/${WEB_1}` },
    { rel: 'bookmark', href: `${cloud.url}/servers/${WEB_1}` },
  ]);
});

test('links are built from the Host header field', async (t) => {
  const { cloud } = await startScene(t);
  const path = `/v2.1/${cloud.project}/servers/${WEB_1}`;
  const server = serverOf(await send(cloud, { path, headers: { Host: 'nova.example.com:8774' } }));
  assert.equal(at(server, 'links', '0', 'href'), `http://nova.example.com:8774${path}`);
  assert.equal(at(server, 'links', '1', 'href'), `http://nova.example.com:8774${path.replace('/v2.1', '')}`);
  assert.match(String(at(server, 'image', 'links', '0', 'href')), /^http:\/\/nova\.example\.com:8774\//);
});

for (const id of ['no-such-server', '00000000-0000-4000-8000-000000000000', `${WEB_1}.xml`, WEB_1.toUpperCase()]) {
  test(`there is no server ${id}`, async (t) => {
    const { cloud } = await startScene(t);
    const path = `/v2.1/${cloud.project}/servers/${id}`;
    const message = `Instance ${id} could not be found.`;
    assertFault(await send(cloud, { path }), 404, 'itemNotFound', message);
    for (const body of [{ rebuild: { imageRef: IMAGE } }, { reboot: { type: 'SOFT' } }]) {
      const reply = await send(cloud, { method: 'POST', path: `${path}/action`, body });
      assertFault(reply, 404, 'itemNotFound', message);
    }
  });
}

test('a project other than that of the token is a 400, once the action is known', async (t) => {
  const { cloud } = await startScene(t);
  const path = `/v2.1/dead-beef/servers/${WEB_1}`;
  const message = [
    "Malformed request URL: URL's project_id 'dead-beef'",
    `doesn't match Context's project_id '${cloud.project}'`,
  ].join(' ');
  assertFault(await send(cloud, { path }), 400, 'badRequest', message);
  const good = { method: 'POST', path: `${path}/action`, body: { rebuild: {} } };
  assertFault(await send(cloud, good), 400, 'badRequest', message);
  assertFault(await send(cloud, { ...good, body: { sing: {} } }), 400, 'badRequest', 'There is no such action: sing');
});

test('a new cloud has two plain servers, and one for each surprise', async (t) => {
  const { cloud } = await startScene(t);
  const seen = [];
  for (const { id } of cloud.servers) {
    const server = serverOf(await send(cloud, { path: `/v2.1/servers/${id}` }));
    assert.deepEqual(server['metadata'], { 'My Server Name': 'Apache1' });
    seen.push([server['name'], server['status']]);
  }
  assert.deepEqual(seen, [
    ['web-1', 'ACTIVE'],
    ['web-2', 'ACTIVE'],
    ['broken-1', 'ERROR'],
    ['volume-1', 'ACTIVE'],
    ['script-1', 'ACTIVE'],
    ['busy-1', 'ACTIVE'],
  ]);
});
