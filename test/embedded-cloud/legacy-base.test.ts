import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  IMAGE,
  WEB_1,
  serverActionPath,
  assertFault,
  sendRebuild,
  send,
  serverOf,
  sendShow,
  startScene,
} from './cloud-caller.ts';

test('/v2 is microversion 2.1 whatever the request asks for, and sends no version headers', async (t) => {
  const { cloud } = await startScene(t);
  for (const version of ['compute 2.57', 'compute 2.999', 'compute two']) {
    const path = `/v2/${cloud.project}/servers/${WEB_1}`;
    const reply = await send(cloud, { path, headers: { 'OpenStack-API-Version': version } });
    assert.equal(reply.status, 200);
    const { headers } = reply;
    for (const name of ['openstack-api-version', 'x-openstack-nova-api-version', 'vary']) {
      assert.equal(headers[name], undefined, name);
    }
    assert.equal('locked' in serverOf(reply), false);
  }
});

test('/v2 silently drops members that 2.1 does not have, also inside a personality', async (t) => {
  const { cloud } = await startScene(t);
  const before = serverOf(await sendShow(cloud))['key_name'];
  const members = {
    description: 1,
    key_name: null,
    user_data: '!',
    hostname: '',
    config_drive: true,
    personality: [{ path: '/x', contents: 'eA==', mode: 1 }],
  };
  assert.equal((await sendRebuild(cloud, members, 57, 'v2')).status, 202);
  const server = serverOf(await sendShow(cloud, 57));
  assert.equal(server['key_name'], before);
  assert.equal(server['OS-EXT-SRV-ATTR:user_data'], null);
  assert.equal(server['description'], null);
});

test('/v2 sends links to /v2', async (t) => {
  const { cloud } = await startScene(t);
  const reply = await sendRebuild(cloud, {}, 1, 'v2');
  assert.equal(reply.headers.location, `${cloud.url}/v2/${cloud.project}/servers/${WEB_1}`);
});

test('/v2 strips white space around a name', async (t) => {
  const { cloud } = await startScene(t);
  assert.equal(serverOf(await sendRebuild(cloud, { name: '\u2003 foobar  ' }, 1, 'v2'))['name'], 'foobar');
});

for (const { what, body, message } of [
  {
    what: 'a name of white space',
    body: { rebuild: { imageRef: IMAGE, name: ' ' } },
    message:
      "An invalid 'name' value was provided. " +
      'The name must be: printable characters with at least one non space character',
  },
  {
    what: 'a metadata key with a slash',
    body: { rebuild: { imageRef: IMAGE, metadata: { 'a/b': 'c' } } },
    message:
      "Invalid input for field/attribute metadata. Value: {'a/b': 'c'}. " +
      "Additional properties are not allowed ('a/b' was unexpected)",
  },
  {
    what: 'an image as a URL',
    body: { rebuild: { imageRef: `http://x/images/${IMAGE}` } },
    message:
      `Invalid input for field/attribute imageRef. Value: http://x/images/${IMAGE}. ` +
      `'http://x/images/${IMAGE}' is not a 'uuid'`,
  },
  { what: 'a second action', body: { rebuild: { imageRef: IMAGE }, x: 1 }, message: 'Malformed request body' },
]) {
  test(`/v2 refuses ${what}`, async (t) => {
    const { cloud } = await startScene(t);
    const reply = await send(cloud, { method: 'POST', path: serverActionPath(cloud, 'v2'), body });
    assertFault(reply, 400, 'badRequest', message);
  });
}
