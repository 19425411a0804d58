import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IMAGE, sendAction, serverActionPath, assertFault, sendRebuild, send, startScene } from './cloud-caller.ts';

const NO_IMAGE = "Invalid input for field/attribute rebuild. Value: {}. 'imageRef' is a required property";

for (const type of [
  'application/xml',
  'text/xml',
  'application/vnd.openstack.compute+xml',
  'application/x-www-form-urlencoded',
  'APPLICATION/JSON',
]) {
  test(`Content-Type ${type} is 415 on every method`, async (t) => {
    const { cloud } = await startScene(t);
    const headers = { 'Content-Type': type };
    const posted = await sendAction(cloud, { headers, body: '<rebuild/>' });
    assertFault(posted, 415, 'badMediaType', 'Unsupported Content-Type');
    assertFault(await send(cloud, { path: '/v2.1/', headers }), 415, 'badMediaType', 'Unsupported Content-Type');
  });
}

for (const type of [
  'application/json',
  'application/json; charset=utf-8',
  'application/vnd.openstack.compute+json',
  'text/plain',
  undefined,
]) {
  test(`Content-Type ${type ?? 'absent'} is read as JSON, so XML is malformed`, async (t) => {
    const { cloud } = await startScene(t);
    const headers = { 'Content-Type': type };
    assertFault(await sendAction(cloud, { headers, body: { rebuild: {} } }), 400, 'badRequest', NO_IMAGE);
    assertFault(await sendAction(cloud, { headers, body: '<rebuild/>' }), 400, 'badRequest', 'Malformed request body');
  });
}

for (const { what, body } of [
  { what: 'nothing', body: '' },
  { what: 'an open brace', body: '{' },
  { what: 'an empty object', body: '{}' },
  { what: 'two members', body: '{"rebuild":{},"x":1}' },
  { what: 'an empty list', body: '[]' },
  { what: 'a byte order mark', body: '\ufeff{"rebuild":{}}' },
  { what: 'invalid UTF-8', body: Buffer.from('{"rebuild":{"imageRef":"\xff"}}', 'latin1') },
  { what: 'UTF-16', body: Buffer.from('{"rebuild":{}}', 'utf16le') },
  { what: 'a raw tab in a string', body: '{"rebuild":{"imageRef":"a\tb"}}' },
]) {
  test(`${what} is a malformed body`, async (t) => {
    const { cloud } = await startScene(t);
    const reply = await sendAction(cloud, { body });
    assertFault(reply, 400, 'badRequest', 'Malformed request body');
  });
}

for (const body of ['null', '1', 'true', '["rebuild"]', '"r"']) {
  test(`the body ${body} is a 404, as in Nova`, async (t) => {
    const { cloud } = await startScene(t);
    const reply = await sendAction(cloud, { body });
    assertFault(reply, 404, 'itemNotFound', 'The resource could not be found.');
  });
}

test('the last of two members with the same name wins', async (t) => {
  const { cloud } = await startScene(t);
  const body = '{"rebuild":{"imageRef":"a","imageRef":1}}';
  const reply = await sendAction(cloud, { body });
  assertFault(reply, 400, 'badRequest', /Value: 1\. 1 is not of type 'string'$/);
});

test('a chunked body is not read', async (t) => {
  const { cloud } = await startScene(t);
  const question = { body: { rebuild: { imageRef: IMAGE } }, chunked: true };
  assertFault(await sendAction(cloud, question), 400, 'badRequest', 'Malformed request body');
  const xml = { ...question, headers: { 'Content-Type': 'text/xml' } };
  assertFault(await sendAction(cloud, xml), 415, 'badMediaType', 'Unsupported Content-Type');
});

for (const action of ['sing', 'trigger_crash_dump', '__proto__', 'constructor']) {
  test(`there is no such action: ${action}`, async (t) => {
    const { cloud } = await startScene(t);
    const reply = await sendAction(cloud, { body: `{"${action}":{}}` });
    assertFault(reply, 400, 'badRequest', `There is no such action: ${action}`);
  });
}

test('reboot is an empty 202', async (t) => {
  const { cloud } = await startScene(t);
  const reply = await sendAction(cloud, { body: { reboot: { type: 'SOFT' } } });
  assert.equal(reply.status, 202);
  assert.equal(reply.body, '');
  assert.equal(reply.headers['content-length'], '0');
  assert.equal(reply.headers.location, undefined);
});

for (const { body, message } of [
  { body: { reboot: {} }, message: "field/attribute reboot. Value: {}. 'type' is a required property" },
  { body: { reboot: null }, message: "field/attribute reboot. Value: None. None is not of type 'object'" },
  {
    body: { reboot: { type: 'x' } },
    message: "field/attribute type. Value: x. 'x' is not one of ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft']",
  },
]) {
  test(`${JSON.stringify(body)} is refused`, async (t) => {
    const { cloud } = await startScene(t);
    const reply = await sendAction(cloud, { body });
    assertFault(reply, 400, 'badRequest', `Invalid input for ${message}`);
  });
}

test('every request is recorded, including the parts that the cloud did not read', async (t) => {
  const { cloud } = await startScene(t);
  await sendRebuild(cloud, {}, 57);
  await send(cloud, {
    method: 'POST',
    path: '/v2.1/x?y=z',
    body: '<x/>',
    headers: { 'X-Trace': 'abc' },
    chunked: true,
  });
  const [first, second] = cloud.received;
  assert.equal(first?.method, 'POST');
  assert.equal(first?.path, serverActionPath(cloud));
  assert.equal(first?.headers['openstack-api-version'], 'compute 2.57');
  assert.deepEqual(JSON.parse(first?.body ?? ''), { rebuild: { imageRef: IMAGE } });
  assert.equal(second?.path, '/v2.1/x?y=z');
  assert.equal(second?.headers['x-trace'], 'abc');
  assert.equal(second?.body, '<x/>');
});
