import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WEB_1, assertFault, send, sendAction, startScene } from './cloud-caller.ts';

const JSON_404 = {
  message: 'The resource could not be found.<br /><br />\n\n\n',
  code: '404 Not Found',
  title: 'Not Found',
};

for (const token of [undefined, '']) {
  test(`a token that is ${token === undefined ? 'absent' : 'empty'} is a 401 of the token check`, async (t) => {
    const { cloud } = await startScene(t);
    for (const path of [`/v2.1/servers/${WEB_1}`, '/v2.1/no/such/route']) {
      const reply = await send(cloud, { path, headers: { 'X-Auth-Token': token } });
      assert.equal(reply.status, 401);
      assert.deepEqual(reply.document, {
        error: {
          code: 401,
          title: 'Unauthorized',
          message: 'The request you have made requires authentication.',
        },
      });
      assert.equal(reply.headers['www-authenticate'], `Keystone uri="${cloud.identityUrl}/v3"`);
      assert.equal(reply.headers['openstack-api-version'], undefined);
    }
  });
}

for (const { method, path } of [
  { method: 'GET', path: '/v2.1/nothing' },
  { method: 'PATCH', path: '/v2.1/PROJECT/servers' },
  { method: 'GET', path: '/v2.1/PROJECT/servers/SERVER/' },
  { method: 'GET', path: '/v2.1/PROJECT/servers/SERVER/action' },
  { method: 'PUT', path: '/v2.1/PROJECT/servers/SERVER/action' },
  { method: 'DELETE', path: '/v2.1/PROJECT/servers/SERVER/action' },
  { method: 'PATCH', path: '/v2.1/PROJECT/servers/SERVER/action' },
  { method: 'POST', path: '/v2.1/PROJECT/servers/SERVER/action/' },
  { method: 'PATCH', path: '/v2.1/PROJECT/servers/SERVER' },
  { method: 'GET', path: '/v2.1/openstack/servers/SERVER' },
  { method: 'GET', path: '/v2/openstack/servers/SERVER' },
]) {
  test(`${method} ${path} has no route: the framework's 404`, async (t) => {
    const { cloud } = await startScene(t);
    const spelled = path.replace('PROJECT', cloud.project).replace('SERVER', WEB_1);
    const reply = await send(cloud, { method, path: spelled });
    assert.equal(reply.status, 404);
    assert.deepEqual(reply.document, JSON_404);
    assert.equal(reply.headers['openstack-api-version'], undefined);
  });
}

test('HEAD is a 404 without a body', async (t) => {
  const { cloud } = await startScene(t);
  const reply = await send(cloud, { method: 'HEAD', path: `/v2.1/servers/${WEB_1}` });
  assert.equal(reply.status, 404);
  assert.equal(reply.body, '');
});

for (const { accept, type, start } of [
  { accept: 'application/json', type: 'application/json', start: '{' },
  { accept: 'application/json;q=0.1, text/html', type: 'text/html; charset=UTF-8', start: '<html>' },
  { accept: '*/*', type: 'text/html; charset=UTF-8', start: '<html>' },
  { accept: 'application/xml', type: 'text/plain; charset=UTF-8', start: '404 Not Found\n\n' },
  { accept: undefined, type: 'text/plain; charset=UTF-8', start: '404 Not Found\n\n' },
]) {
  test(`the framework's 404 for Accept: ${accept ?? 'nothing'} is ${type}`, async (t) => {
    const { cloud } = await startScene(t);
    const reply = await send(cloud, { path: '/v2.1/nothing', headers: { Accept: accept } });
    assert.equal(reply.headers['content-type'], type);
    assert.ok(reply.body.startsWith(start), reply.body);
  });
}

test('a body of 114688 bytes is read; one byte more is a 413, even without a token', async (t) => {
  const { cloud } = await startScene(t);
  assertFault(await sendAction(cloud, { body: 'x'.repeat(114_688) }), 400, 'badRequest', 'Malformed request body');
  const headers = { 'X-Auth-Token': undefined };
  const reply = await sendAction(cloud, { headers, body: 'x'.repeat(114_689) });
  assert.equal(reply.status, 413);
  assert.deepEqual(reply.document, {
    message: 'Request is too large. Larger than max_request_body_size (114688).<br /><br />\n\n\n',
    code: '413 Request Entity Too Large',
    title: 'Request Entity Too Large',
  });
});

test('every response below a base path has a new request id under both header names', async (t) => {
  const { cloud } = await startScene(t);
  const ids = new Set<unknown>();
  for (const path of ['/v2.1/', '/v2/', '/v2.1/nothing', `/v2.1/servers/${WEB_1}`]) {
    const { headers } = await send(cloud, { path });
    assert.match(String(headers['x-openstack-request-id']), /^req-[0-9a-f-]{36}$/);
    assert.equal(headers['x-compute-request-id'], headers['x-openstack-request-id']);
    ids.add(headers['x-compute-request-id']);
  }
  assert.equal(ids.size, 4);
});
