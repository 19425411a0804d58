import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { gatewayId } from '../../src/config/gateway-id.ts';
import { call } from '../support/http.ts';
import { startTestGateway } from '../support/gateway.ts';
import { answering, startRawCloud } from '../support/raw-cloud.ts';
import { between, drained, open } from '../support/forwarding.ts';
import { forwarded } from './forwarded.ts';

describe('what no operation describes passes with its method, path and query', () => {
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'COPY', 'PURGE']) {
    test(`${method} passes`, async () => {
      const { answer, received } = await forwarded({ method, path: '/v2/p/os-gadgets/detail?limit=1' });
      assert.equal(answer.status, 200);
      assert.deepEqual(
        received.map(({ method: seen, path }) => `${seen} ${path}`),
        [`${method} /v2/p/os-gadgets/detail?limit=1`],
      );
    });
  }

  const paths: Readonly<Record<string, string>> = {
    '/v1.1/p/os-gadgets': '/v2/p/os-gadgets',
    '//v1.1/p/os-gadgets': '/v2/p/os-gadgets',
    '/v1.10/p/servers': '/v1.10/p/servers',
    '/v1x1/p/servers': '/v1x1/p/servers',
    '/p/v1.1/servers': '/p/v1.1/servers',
    '/v2/v1.1/os-gadgets': '/v2/v1.1/os-gadgets',
    '/v2.1/p/servers': '/v2.1/p/servers',
    '/v2/p/servers/a%2Fb%20c?name=%C3%A9&&a=b+c?d': '/v2/p/servers/a%2Fb%20c?name=%C3%A9&&a=b+c?d',
    '/v2/p//os-gadgets///x': '/v2/p//os-gadgets///x',
    '/v2/p/os-gadgets?': '/v2/p/os-gadgets?',
    // The caller's wish for a media type, and no part of the path.
    '/v2/p/os-gadgets/x.xml': '/v2/p/os-gadgets/x',
    '/v1.1/p/os-gadgets.json?a=b.json': '/v2/p/os-gadgets?a=b.json',
    '/v2/p/os-gadgets?a=b.xml': '/v2/p/os-gadgets?a=b.xml',
    '/v2/p/os-gadgets/x.xml.json': '/v2/p/os-gadgets/x.xml',
    '/v2/p/os-gadgets/x.XML': '/v2/p/os-gadgets/x.XML',
    // On v2.1 modern Nova knows no suffix, so a name may end like one.
    '/v2.1/p/os-gadgets/x.json': '/v2.1/p/os-gadgets/x.json',
    '/v2.1/p/os-gadgets/x.xml': '/v2.1/p/os-gadgets/x',
    '//elsewhere.example/v2/x': '//elsewhere.example/v2/x',
    // The absolute form, which every server must accept (RFC 9112, 3.2.2).
    'http://compute.example/v2/p/os-gadgets?x': '/v2/p/os-gadgets?x',
  };
  // A GET of these paths is translated, so other methods are tested.
  const versions: typeof paths = {
    '/v1.1': '/v2',
    '/v1.1/': '/v2/',
    '/v1.1?x=v1.1': '/v2?x=v1.1',
    '/': '/',
    '/?x': '/?x',
  };
  const sendings = [
    ...Object.entries(paths).map(([sent, expected]) => ['GET', sent, expected] as const),
    ...Object.entries(versions).map(([sent, expected]) => ['OPTIONS', sent, expected] as const),
  ];
  for (const [method, sent, expected] of sendings) {
    test(`${method} ${sent} arrives as ${expected}`, async () => {
      const { received } = await forwarded({ method, path: sent });
      assert.deepEqual(
        received.map(({ path }) => path),
        [expected],
      );
    });
  }

  test('the path of the upstream URL stands in front', async () =>
    between(
      (_, response) => void response.end(),
      async (gateway, cloud) => {
        await call(gateway.url, { method: 'GET', path: '/v1.1/p/os-gadgets?x=1' });
        assert.equal(cloud.received[0]?.url, '/compute/v2/p/os-gadgets?x=1');
      },
      {},
      '/compute/',
    ));
});

describe('headers pass both ways, but for the hop-by-hop ones', () => {
  test('of the caller', async () => {
    const raw = await startRawCloud(answering('HTTP/1.1 204 No Content\r\n\r\n'));
    const gateway = await startTestGateway(raw.url);
    try {
      await call(gateway.url, {
        method: 'GET',
        path: '/v2/p/os-gadgets',
        headers: {
          'X-Auth-Token': 't',
          Accept: 'application/json;q=0.9',
          'Accept-Encoding': 'gzip',
          'OpenStack-API-Version': 'compute 2.60',
          'User-Agent': 'python-novaclient',
          Cookie: 'a=b; c=d',
          'If-None-Match': '"x"',
          Range: 'bytes=0-1',
          Connection: 'keep-alive, X-Named',
          'X-Named': 'hop',
          'Keep-Alive': 'timeout=5',
          'Proxy-Authorization': 'Basic abc',
          'Proxy-Connection': 'keep-alive',
          TE: 'trailers',
          Via: '1.0 first',
          Host: 'compute.example.org',
        },
      });
      const lines = (raw.connections[0]?.bytes().toString('latin1') ?? '').toLowerCase().split('\r\n').slice(1);
      const named = (name: string): string[] => lines.filter((line) => line.startsWith(`${name}:`));
      for (const line of [
        'x-auth-token: t',
        'accept: application/json;q=0.9',
        // The links in its answer are converted.
        'accept-encoding: identity',
        'openstack-api-version: compute 2.60',
        'user-agent: python-novaclient',
        'cookie: a=b; c=d',
        'if-none-match: "x"',
        'range: bytes=0-1',
        `host: ${new URL(raw.url).host}`,
        `via: 1.0 first, 1.1 legacy-compute-gateway-${gatewayId}`,
      ]) {
        assert.deepEqual(named(line.slice(0, line.indexOf(':'))), [line]);
      }
      for (const name of [
        'x-named',
        'keep-alive',
        'proxy-authorization',
        'proxy-connection',
        'te',
        'upgrade',
        'trailer',
      ]) {
        assert.deepEqual(named(name), [], name);
      }
      assert.ok(!named('connection').join().includes('x-named'));
    } finally {
      await gateway.stop();
      await raw.stop();
    }
  });

  test('of the cloud', async () => {
    const { answer } = await forwarded(
      { method: 'GET', path: '/v2/p/os-gadgets' },
      {
        status: 200,
        headers: {
          'X-Compute-Request-Id': 'req-1',
          Vary: ['OpenStack-API-Version', 'X-OpenStack-Nova-API-Version'],
          'Set-Cookie': ['a=1', 'b=2'],
          ETag: '"e"',
          'Cache-Control': 'no-cache',
          Date: 'Mon, 01 Jan 2024 00:00:00 GMT',
          Connection: 'keep-alive, X-Named',
          'X-Named': 'hop',
          'Proxy-Authenticate': 'Basic',
          'Content-Type': 'application/json; charset=x',
        },
        body: '{}',
      },
    );
    assert.equal(answer.headers['x-compute-request-id'], 'req-1');
    assert.equal(answer.headers['vary'], 'OpenStack-API-Version, X-OpenStack-Nova-API-Version');
    assert.equal(answer.headers['set-cookie'], 'a=1,b=2');
    assert.equal(answer.headers['etag'], '"e"');
    assert.equal(answer.headers['date'], 'Mon, 01 Jan 2024 00:00:00 GMT');
    assert.equal(answer.headers['content-type'], 'application/json; charset=x');
    assert.equal(answer.headers['x-named'], undefined);
    assert.equal(answer.headers['proxy-authenticate'], undefined);
    assert.equal(answer.headers['x-powered-by'], undefined);
  });

  test('a request with Connection: close has a response with it', async () => {
    const { answer } = await forwarded({ method: 'GET', path: '/v2/p', headers: { Connection: 'close' } });
    assert.equal(answer.headers['connection'], 'close');
  });
});

describe('answers pass as they are', () => {
  const gzipped = gzipSync('{"gadget": []}');
  test('gzip stays gzip, with its bytes', async () =>
    between(
      (_, response) => {
        response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Type': 'application/octet-stream' });
        response.end(gzipped);
      },
      async (gateway) => {
        const { outgoing, answer } = open(gateway.url, 'GET', '/v2/p/os-gadgets', { 'Accept-Encoding': 'gzip' });
        outgoing.end();
        const message = await answer;
        assert.equal(message.headers['content-encoding'], 'gzip');
        assert.deepEqual(await drained(message), gzipped);
      },
    ));

  test('HEAD keeps the length that a GET would have', async () => {
    const { answer } = await forwarded(
      { method: 'HEAD', path: '/v2/p/images/x' },
      { status: 200, headers: { 'Content-Length': '7' } },
    );
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-length'], '7');
    assert.equal(answer.body, '');
  });

  for (const status of [204, 304]) {
    test(`${status} has no body`, async () =>
      between(
        (_, response) => void response.writeHead(status, { 'X-Seen': 'yes' }).end(),
        async (gateway) => {
          const answer = await call(gateway.url, { method: 'GET', path: '/v2/p/x' });
          assert.equal(answer.status, status);
          assert.equal(answer.headers['x-seen'], 'yes');
          assert.equal(answer.headers['transfer-encoding'], undefined);
        },
      ));
  }

  for (const status of [300, 301, 302, 303, 307, 308]) {
    test(`${status} is passed on and not followed`, async () => {
      const headers = {
        Location: 'http://127.0.0.1:1/elsewhere',
        'Retry-After': '7',
        'WWW-Authenticate': 'Keystone uri="http://k"',
      };
      const { answer, received } = await forwarded(
        { method: 'GET', path: '/v2/p/x' },
        { status, headers, body: 'said' },
      );
      assert.equal(answer.status, status);
      assert.equal(answer.body, 'said');
      assert.equal(answer.headers['location'], headers.Location);
      assert.equal(answer.headers['retry-after'], '7');
      assert.equal(answer.headers['www-authenticate'], headers['WWW-Authenticate']);
      assert.equal(received.length, 1);
    });
  }

  test('chunks pass as they come, before the answer has ended', async () => {
    const begun = Promise.withResolvers<ServerResponse>();
    await between(
      (_, response) => {
        response.write('first');
        begun.resolve(response);
      },
      async (gateway) => {
        const { outgoing, answer } = open(gateway.url, 'GET', '/v2/p/console');
        outgoing.end();
        const message = await answer;
        const [first] = (await message.take(1).toArray()) as Buffer[];
        assert.equal(first?.toString(), 'first');
        (await begun.promise).end('second');
      },
    );
  });
});
