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
    test(`a Host that is none is not repeated: ${host}`, async () => {
      assert.equal(await location({ Host: host }), `http://{own}${below}`);
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

  test('of a chain of proxies the first counts', async () => {
    const headers = {
      'X-Forwarded-Proto': 'https, http',
      'X-Forwarded-Host': 'public.example, inner.example',
      Host: 'h',
    };
    assert.equal(await location(headers, { GATEWAY_TRUSTED_PROXIES: 'loopback' }), `https://public.example${below}`);
  });
});
