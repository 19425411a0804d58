// Holds legacy-path.ts: calls of v1.1 and v2 go where the cloud has them, and none is sent twice to find that out.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { startTestGateway } from '../support/gateway.ts';
import { call } from '../support/http.ts';

/** A list as Nova's: it names the highest microversion, so that the check of the profile needs no other document. */
const versions = (...ids: string[]): string =>
  JSON.stringify({ versions: ids.map((id) => ({ id, version: id === 'v2.1' ? '2.60' : '' })) });

/** The status of a root whose answer breaks off. */
const broken = 0;

/** Send two POSTs to a cloud whose roots have these answers, and return the requests that it received. */
async function played(
  roots: Readonly<Record<string, readonly [number, string]>>,
  { settings = {}, headers = {} }: { settings?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<{ received: string[]; versionsSent: unknown[]; vary: unknown }> {
  const received: string[] = [];
  const versionsSent: unknown[] = [];
  const server = createServer((request, response) => {
    const { method, url = '' } = request;
    received.push(`${method} ${url}`);
    if (method === 'POST') versionsSent.push(request.headers['openstack-api-version']);
    const [status, body] = roots[url] ?? [method === 'POST' ? 200 : 404, '{}'];
    if (status === broken) {
      response.destroy();
      return;
    }
    const vary = 'OpenStack-API-Version, Accept-Language, X-OpenStack-Nova-API-Version';
    response.writeHead(status, { 'Content-Type': 'application/json', Vary: vary }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  const gateway = await startTestGateway(`http://127.0.0.1:${port}`, {
    GATEWAY_UPSTREAM_LEGACY_PATH: 'auto',
    ...settings,
  });
  let vary: unknown;
  try {
    for (const version of ['v1.1', 'v2']) {
      const answer = await call(gateway.url, {
        method: 'POST',
        path: `/${version}/p/os-gadgets`,
        headers: { 'Content-Type': 'application/json', ...headers },
        body: '{}',
      });
      assert.equal(answer.status, 200);
      vary = answer.headers['vary'];
    }
  } finally {
    await gateway.stop();
    server.close();
  }
  return { received, versionsSent, vary };
}

const isPost = (line: string): boolean => line.startsWith('POST ');
const posts = (path: string): string[] => [`POST /${path}/p/os-gadgets`, `POST /${path}/p/os-gadgets`];

describe('calls of v1.1 and v2 go where the cloud has them, each once', () => {
  test('a cloud that lists no v2.0 is asked at /v2.1', async () => {
    const { received } = await played({ '/': [200, versions('v2.1')] });
    assert.deepEqual(received, ['GET /', ...posts('v2.1')]);
  });

  test('a cloud that has /v2 is asked there', async () => {
    const { received } = await played({ '/': [200, versions('v2.0', 'v2.1')], '/v2/': [200, '{}'] });
    assert.deepEqual(received, ['GET /', 'GET /v2/', ...posts('v2')]);
  });

  for (const status of [300, 404]) {
    test(`a cloud that lists v2.0 and answers ${status} to it is asked at /v2.1`, async () => {
      const { received } = await played({ '/': [200, versions('v2.0', 'v2.1')], '/v2/': [status, '{}'] });
      assert.deepEqual(received, ['GET /', 'GET /v2/', ...posts('v2.1')]);
    });
  }

  test('a cloud whose list breaks off is asked for the versions themselves', async () => {
    const { received } = await played({ '/': [broken, ''], '/v2/': [404, '{}'], '/v2.1/': [200, '{}'] });
    assert.deepEqual(received.filter(isPost), posts('v2.1'));
    const nowhere = await played({ '/': [broken, ''], '/v2/': [broken, ''] });
    assert.deepEqual(nowhere.received.filter(isPost), posts('v2'));
  });

  test('a cloud without a list is asked at /v2.1 only if that is there', async () => {
    const there = await played({ '/': [401, 'no'], '/v2/': [404, '{}'], '/v2.1/': [401, 'no'] });
    assert.deepEqual(there.received, ['GET /', 'GET /v2/', 'GET /v2.1/', ...posts('v2.1')]);
    const nowhere = await played({ '/': [404, 'no'] });
    assert.deepEqual(nowhere.received, ['GET /', 'GET /v2/', 'GET /v2.1/', ...posts('v2')]);
  });

  for (const path of ['v2', 'v2.1']) {
    test(`the setting ${path} asks nothing`, async () => {
      const { received } = await played({}, { settings: { GATEWAY_UPSTREAM_LEGACY_PATH: path } });
      assert.deepEqual(received, posts(path));
    });
  }

  test('at /v2.1 no microversion is sent, and none comes back', async () => {
    const headers = { 'OpenStack-API-Version': 'compute 2.60' };
    const modern = await played({ '/': [200, versions('v2.1')] }, { headers });
    assert.deepEqual(modern.versionsSent, [undefined, undefined]);
    assert.equal(modern.vary, 'Accept-Language');
    const legacy = await played({ '/v2/': [200, '{}'] }, { headers });
    assert.deepEqual(legacy.versionsSent, ['compute 2.60', 'compute 2.60']);
  });
});
