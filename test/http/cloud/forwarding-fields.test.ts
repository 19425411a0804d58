// Protects src/http/cloud/forwarding-fields.ts: the cloud learns from where a request came from the gateway alone.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { forwardingFields } from '../../../src/http/cloud/forwarding-fields.ts';
import { startTestGateway } from '../../support/gateway.ts';
import { call, type TestRequest } from '../../support/http.ts';
import { serverDocument } from '../../support/rebuild-call.ts';
import { startScriptedCloud } from '../../support/scripted-cloud.ts';

/** A request for each way to the cloud. */
const roads: Readonly<Record<string, TestRequest>> = {
  translated: { method: 'GET', path: '/v2/p/servers/s' },
  'forwarded whole': { method: 'GET', path: '/v2/p/os-gadgets' },
  streamed: { method: 'POST', path: '/v2/p/os-gadgets', body: 'x', headers: { 'Transfer-Encoding': 'chunked' } },
};

/** The forwarding fields that the cloud receives. */
async function sent(road: TestRequest, headers: Readonly<Record<string, string>>, proxies = ''): Promise<unknown> {
  const cloud = await startScriptedCloud({ status: 200, body: serverDocument });
  const gateway = await startTestGateway(cloud.url, { GATEWAY_TRUSTED_PROXIES: proxies });
  try {
    await call(gateway.url, { ...road, headers: { ...road.headers, ...headers } });
    const [received] = cloud.received;
    return Object.fromEntries(
      Object.entries(received?.headers ?? {}).filter(([name]) => forwardingFields.has(name.replaceAll('_', '-'))),
    );
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

const claims = Object.fromEntries([...forwardingFields].map((name) => [name, 'evil.example']));

for (const [road, request] of Object.entries(roads)) {
  describe(`the cloud learns who calls, ${road}`, () => {
    test('from the gateway, whatever the caller claims', async () => {
      const expected = { 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1' };
      assert.deepEqual(await sent(request, {}), expected);
      assert.deepEqual(await sent(request, claims), expected);
      const underscored = Object.entries(claims).map(([name, claim]) => [name.replaceAll('-', '_'), claim] as const);
      assert.deepEqual(await sent(request, Object.fromEntries(underscored)), expected);
      assert.deepEqual(await sent(request, { 'X-Forwarded_For': '192.0.2.1' }), expected);
      const chain = {
        'X-Forwarded-For': '192.0.2.1',
        Forwarded: 'for=192.0.2.1',
        Connection: 'X-Forwarded-For, Forwarded',
      };
      assert.deepEqual(await sent(request, chain, '10.0.0.0/8'), expected);
    });

    test('with the chain of a trusted proxy, and without what it says of the URL of the gateway', async () => {
      const chain = '198.51.100.7, oddity, 192.0.2.1:4711, 2001:db8::1';
      assert.deepEqual(await sent(request, { ...claims, 'x-forwarded-for': chain }, 'loopback'), {
        'x-forwarded-for': '198.51.100.7, unknown, 192.0.2.1, 2001:db8::1, 127.0.0.1',
        forwarded: 'for=198.51.100.7, for=unknown, for=192.0.2.1, for="[2001:db8::1]", for=127.0.0.1',
      });
    });

    test('with the chain of a trusted proxy that writes Forwarded', async () => {
      const chain = 'for="[2001:db8::1]:80";host=public.example, for=_hidden;proto=https';
      assert.deepEqual(await sent(request, { forwarded: chain }, 'loopback'), {
        'x-forwarded-for': '2001:db8::1, unknown, 127.0.0.1',
        forwarded: 'for="[2001:db8::1]", for=unknown, for=127.0.0.1',
      });
    });
  });
}

test('a long chain is sent with the hops that are nearest', async () => {
  const chain = Array.from({ length: 1000 }, (_, at) => `192.0.2.${at % 250}`).join(',');
  const fields = await sent({ method: 'GET', path: '/v2/p/os-gadgets' }, { 'x-forwarded-for': chain }, 'loopback');
  const nearest = [...chain.split(',').slice(-32), '127.0.0.1'];
  assert.deepEqual(fields, {
    'x-forwarded-for': nearest.join(', '),
    forwarded: nearest.map((address) => `for=${address}`).join(', '),
  });
});
