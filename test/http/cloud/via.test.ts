// Protects src/http/cloud/via.ts: a request that comes back to the gateway is refused at its second pass.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { connect, createServer, type AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { gatewayId, gatewayIdVariable } from '../../../src/config/gateway-id.ts';
import { via } from '../../../src/http/cloud/via.ts';
import { startGatewayApart } from '../../promises/gateway-apart.ts';
import { startTestGateway } from '../../support/gateway.ts';
import { call, type TestRequest } from '../../support/http.ts';
import { rebuildRequest } from '../../support/rebuild-call.ts';
import { startScriptedCloud } from '../../support/scripted-cloud.ts';

test('Via is added to', () => {
  assert.equal(via({}), `1.1 legacy-compute-gateway-${gatewayId}`);
  assert.equal(via({ via: '1.0 a' }), `1.0 a, 1.1 legacy-compute-gateway-${gatewayId}`);
});

/** A port whose connections lead to another that is known later. */
async function startDetour(): Promise<{ readonly url: string; leadTo(url: string): void; stop(): void }> {
  let goal = '';
  const server = createServer((socket) => {
    const onward = connect(Number(new URL(goal).port), '127.0.0.1');
    socket.on('error', () => onward.destroy()).pipe(onward);
    onward.on('error', () => socket.destroy()).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, leadTo: (url) => void (goal = url), stop: () => void server.close() };
}

const requests: Readonly<Record<string, TestRequest>> = {
  'a translated GET': { method: 'GET', path: '/v2/p/servers/s', headers: { Accept: 'application/json' } },
  'a forwarded GET': { method: 'GET', path: '/v2.1/p/os-gadgets', headers: { Accept: 'application/json' } },
  'a streamed POST': {
    path: '/v2.1/p/os-gadgets',
    body: '{}',
    headers: { Accept: 'application/json', 'Transfer-Encoding': 'chunked' },
  },
  'a rebuild': rebuildRequest('json'),
};

describe('if the URL of the cloud leads back to the gateway', () => {
  for (const [what, request] of Object.entries(requests))
    test(`${what} is refused at its second pass, and the log says loop`, async () => {
      const detour = await startDetour();
      const gateway = await startTestGateway(detour.url);
      detour.leadTo(gateway.url);
      try {
        const answer = await call(gateway.url, request);
        assert.equal(answer.status, 503);
        assert.match(answer.body, /came back to the gateway/);
        await gateway.logged('exchange', 2);
        const faults = gateway.log.filter(({ event }) => event === 'exchange').map(({ fields }) => fields['fault']);
        assert.deepEqual(faults, ['loop', 'cloud-error']);
        assert.equal(gateway.log.filter(({ event }) => event.startsWith('loop')).length, 1);
      } finally {
        await gateway.stop();
        detour.stop();
      }
    });

  test("the gateway's own question for the legacy path is refused too", async () => {
    const detour = await startDetour();
    const gateway = await startTestGateway(detour.url, { GATEWAY_UPSTREAM_LEGACY_PATH: 'auto' });
    detour.leadTo(gateway.url);
    try {
      assert.equal((await call(gateway.url, { method: 'GET', path: '/v2/p/os-gadgets' })).status, 503);
      await gateway.logged('exchange', 4);
      assert.equal(gateway.log.filter(({ event }) => event === 'exchange').length, 4);
    } finally {
      await gateway.stop();
      detour.stop();
    }
  });
});

describe('gateways in a row', () => {
  test('that are two work', async () => {
    const cloud = await startScriptedCloud({ status: 200, body: '{"gadgets": []}' });
    const inner = await startGatewayApart(cloud.url);
    const outer = await startTestGateway(inner.url);
    try {
      const answer = await call(outer.url, { method: 'GET', path: '/v2.1/p/os-gadgets' });
      assert.equal(answer.body, '{"gadgets": []}');
      assert.equal(String(cloud.received[0]?.headers.via).split(',').length, 2);
    } finally {
      await outer.stop();
      await inner.stop();
      await cloud.stop();
    }
  });

  for (const [count, status] of [
    [3, 200],
    [4, 503],
  ] as const)
    test(`that are ${count} others, as replicas behind one address are in a loop, get ${status}`, async () => {
      const cloud = await startScriptedCloud({ status: 200, body: '{}' });
      const gateway = await startTestGateway(cloud.url);
      try {
        const entries = Array.from({ length: count }, (_, at) => `1.1 legacy-compute-gateway-00000000000${at}`);
        const headers = { Via: ['1.1 proxy', ...entries].join(', ') };
        assert.equal((await call(gateway.url, { method: 'GET', path: '/v2.1/p/os-gadgets', headers })).status, status);
        assert.equal(cloud.received.length, status === 200 ? 1 : 0);
      } finally {
        await gateway.stop();
        await cloud.stop();
      }
    });

  test('are one if they are workers of it: all have the id of their primary', () => {
    const code = "import('./src/config/gateway-id.ts').then((it) => process.stdout.write(it.gatewayId))";
    const env = { ...process.env, [gatewayIdVariable]: 'abcdef012345' };
    assert.equal(spawnSync(process.execPath, ['-e', code], { env, encoding: 'utf8' }).stdout, 'abcdef012345');
  });
});
