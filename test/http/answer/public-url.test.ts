import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { projectId, rebuildRequest, serverDocument, serverId } from '../../support/rebuild-call.ts';
import { startTestGateway } from '../../support/gateway.ts';
import { call } from '../../support/http.ts';
import { startScriptedCloud } from '../../support/scripted-cloud.ts';

const below = `/v1.1/${projectId}/servers/${serverId}`;

/** The Location of a rebuild with these headers, with `{own}` for the gateway's own address. */
async function location(
  headers: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, string>> = {},
): Promise<string> {
  const cloud = await startScriptedCloud({ status: 202, body: serverDocument });
  const gateway = await startTestGateway(cloud.url, settings);
  try {
    const request = rebuildRequest('xml');
    const answer = await call(gateway.url, { ...request, headers: { ...request.headers, ...headers } });
    assert.equal(answer.status, 202, answer.body);
    return (answer.headers['location'] ?? '').replace(new URL(gateway.url).host, '{own}');
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

const forwarded = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'public.example' };

describe('links and Location point at the gateway as the caller knows it', () => {
  test('they have the Host that the caller says', async () => {
    assert.equal(await location({ Host: 'compute.example.org:8774' }), `http://compute.example.org:8774${below}`);
  });

  test('they have a Host that is an IPv6 address', async () => {
    assert.equal(await location({ Host: '[::1]:8774' }), `http://[::1]:8774${below}`);
  });

  test('they have the setting, whatever the caller and a trusted proxy say', async () => {
    const settings = { GATEWAY_PUBLIC_URL: 'https://legacy.example/compute/', GATEWAY_TRUSTED_PROXIES: 'loopback' };
    assert.equal(await location({ ...forwarded, Host: 'other' }, settings), `https://legacy.example/compute${below}`);
  });

  test('they have what a trusted proxy says', async () => {
    assert.equal(await location(forwarded, { GATEWAY_TRUSTED_PROXIES: 'loopback' }), `https://public.example${below}`);
    assert.equal(
      await location(
        { ...forwarded, 'X-Forwarded-Host': 'public.example:8443' },
        { GATEWAY_TRUSTED_PROXIES: '127.0.0.0/8' },
      ),
      `https://public.example:8443${below}`,
    );
  });

  test('they have nothing of a proxy that nobody trusts', async () => {
    assert.equal(await location({ ...forwarded, Host: 'h' }), `http://h${below}`);
    assert.equal(
      await location({ ...forwarded, Host: 'h' }, { GATEWAY_TRUSTED_PROXIES: '10.0.0.0/8' }),
      `http://h${below}`,
    );
  });

  const hostile = [
    'a/../../evil',
    'evil.example/x',
    'user@evil.example',
    'h?x',
    'h#x',
    '"><script>',
    'h:99999999',
    'h:x',
    '-h',
    'h\\x',
    "h'onload='x",
    'a b',
  ];
  for (const host of hostile) {
    test(`a Host that is none is refused, or replaced in links: ${host}`, async () => {
      const isReplaced = ['h:99999999', '-h', "h'onload='x"].includes(host);
      if (isReplaced) assert.equal(await location({ Host: host }), `http://{own}${below}`);
      else await assert.rejects(location({ Host: host }), /The Host of the request is invalid/);
    });
    test(`a Host that is none is not repeated after a trusted proxy: ${host}`, async () => {
      const headers = { 'X-Forwarded-Host': host, Host: 'h' };
      const given = await location(headers, { GATEWAY_TRUSTED_PROXIES: 'loopback' });
      assert.ok([`http://{own}${below}`, `http://h${below}`].includes(given), given);
    });
  }

  test('a protocol of a trusted proxy that is none of the web is not repeated', async () => {
    const headers = { 'X-Forwarded-Proto': 'javascript', Host: 'h' };
    assert.match(await location(headers, { GATEWAY_TRUSTED_PROXIES: 'loopback' }), /^https?:\/\/h\//);
  });

  test('of X-Forwarded-* only what the nearest proxy has appended counts: what stands before may be the claim of a caller', async () => {
    const headers = {
      'X-Forwarded-Proto': 'http, https',
      'X-Forwarded-Host': 'evil.example, public.example',
      'X-Forwarded-Prefix': '/evil, /compute',
      Host: 'h',
    };
    const settings = { GATEWAY_TRUSTED_PROXIES: 'loopback' };
    assert.equal(await location(headers, settings), `https://public.example/compute${below}`);
  });

  test('they have what the outermost trusted proxy says in Forwarded', async () => {
    const Forwarded =
      'for=10.0.0.1;host=evil.example, for=192.0.2.1;host="public.example:8443";proto=https, for=10.0.0.9;host=inner;proto=http';
    const settings = { GATEWAY_TRUSTED_PROXIES: 'loopback,10.0.0.0/8' };
    assert.equal(await location({ Forwarded, Host: 'h' }, settings), `https://public.example:8443${below}`);
  });

  test('they have the IPv6 address that a trusted proxy says in Forwarded', async () => {
    const headers = { Forwarded: 'host="[2001:db8::1]:8443";proto=https', Host: 'h' };
    const settings = { GATEWAY_TRUSTED_PROXIES: 'loopback' };
    assert.equal(await location(headers, settings), `https://[2001:db8::1]:8443${below}`);
  });

  test('Forwarded of a caller does not count if the proxy writes X-Forwarded-*', async () => {
    const headers = { ...forwarded, Forwarded: 'host=evil.example;proto=http' };
    assert.equal(await location(headers, { GATEWAY_TRUSTED_PROXIES: 'loopback' }), `https://public.example${below}`);
  });

  test('X-Forwarded-Host of a caller does not count if the proxy writes Forwarded, and the setting says so', async () => {
    const headers = { 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=public.example;proto=https' };
    const settings = { GATEWAY_TRUSTED_PROXIES: 'loopback', GATEWAY_TRUSTED_FIELDS: 'forwarded' };
    assert.equal(await location(headers, settings), `https://public.example${below}`);
  });

  test('a host that ends in a dot is a host', async () => {
    assert.equal(await location({ Host: 'compute.example.:8774' }), `http://compute.example.:8774${below}`);
    const headers = { 'X-Forwarded-Host': 'public.example.' };
    assert.equal(await location(headers, { GATEWAY_TRUSTED_PROXIES: 'loopback' }), `http://public.example.${below}`);
  });

  for (const prefix of [
    'compute',
    '/a/../b',
    '//evil.example',
    '/a b',
    '/a?b',
    '/%2e%2e',
    '/"',
    `/${'a'.repeat(300)}`,
    '/',
  ]) {
    test(`a prefix that is none is not repeated: ${prefix.slice(0, 20)}`, async () => {
      const headers = { ...forwarded, 'X-Forwarded-Prefix': prefix };
      const settings = { GATEWAY_TRUSTED_PROXIES: 'loopback' };
      assert.equal(await location(headers, settings), `https://public.example${below}`);
    });
  }
});

describe('a public URL with a path', () => {
  const settings = { GATEWAY_PUBLIC_URL: 'https://legacy.example/compute/' };
  const gadget = { status: 201, headers: { Location: 'http://cloud/v2.1/p/os-gadgets/7' }, body: '{}' };

  for (const prefix of ['', '/compute']) {
    test(`is that of links and Location on both roads, for requests that begin with ${prefix || 'a version'}`, async () => {
      const cloud = await startScriptedCloud({ status: 200, body: serverDocument }, gadget);
      const gateway = await startTestGateway(cloud.url, { ...settings, GATEWAY_UPSTREAM_PROFILE: 'nova' });
      try {
        const server = await call(gateway.url, { method: 'GET', path: `${prefix}/v2/p/servers/s` });
        assert.equal(server.status, 200, server.body);
        const forwardedOne = await call(gateway.url, { path: `${prefix}/v2/p/os-gadgets`, body: '{}' });
        assert.equal(forwardedOne.headers['location'], 'https://legacy.example/compute/v2/p/os-gadgets/7');
        assert.deepEqual(
          cloud.received.map(({ path }) => path),
          ['/v2.1/p/servers/s', '/v2/p/os-gadgets'],
        );
      } finally {
        await gateway.stop();
        await cloud.stop();
      }
    });

    test(`is that of the versions, at ${prefix}/`, async () => {
      const version = { id: 'v2.0', status: 'CURRENT', links: [{ rel: 'self', href: 'http://cloud/v2/' }] };
      const cloud = await startScriptedCloud({ status: 200, body: JSON.stringify({ versions: [version] }) });
      const gateway = await startTestGateway(cloud.url, settings);
      try {
        const { body } = await call(gateway.url, {
          method: 'GET',
          path: `${prefix}/`,
          headers: { Accept: 'application/json' },
        });
        assert.match(body, /"https:\/\/legacy\.example\/compute\/v2\/"/);
        assert.deepEqual(
          cloud.received.map(({ path }) => path),
          ['/'],
        );
      } finally {
        await gateway.stop();
        await cloud.stop();
      }
    });
  }

  test('a longer name is another path', async () => {
    const cloud = await startScriptedCloud({ status: 200, body: '{}' });
    const gateway = await startTestGateway(cloud.url, settings);
    try {
      await call(gateway.url, { method: 'GET', path: '/computers/v2' });
      assert.deepEqual(
        cloud.received.map(({ path }) => path),
        ['/computers/v2'],
      );
    } finally {
      await gateway.stop();
      await cloud.stop();
    }
  });
});
