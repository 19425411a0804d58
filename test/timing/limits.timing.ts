import assert from 'node:assert/strict';
import { serving, spawnGateway, type GatewayProcess } from '../process/gateway-process.ts';
import { dial, head } from '../promises/dialled.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call } from '../support/http.ts';
import { startFullCloud, startRawCloud, type RawCloud } from '../support/raw-cloud.ts';
import { actionPath, plainRebuild, rebuildRequest, timed } from '../support/rebuild-call.ts';
import { measured } from './measured.ts';

const limitMs = 400;
/** The time that a limit may be late, in milliseconds. */
const lateMs = 1000;

async function withSilentCloud(
  settings: Readonly<Record<string, string>>,
  play: (gateway: TestGateway, cloud: RawCloud) => Promise<void>,
): Promise<void> {
  const cloud = await startRawCloud([{ kind: 'read' }, { kind: 'silent' }]);
  const gateway = await startTestGateway(cloud.url, settings);
  try {
    await play(gateway, cloud);
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

for (const name of ['GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS', 'GATEWAY_EXCHANGES_TIMEOUT_MS']) {
  for (const [road, request] of Object.entries({
    translated: rebuildRequest('xml'),
    forwarded: { method: 'GET', path: '/v2/p/os-gadgets' },
  })) {
    measured(`${name} ends an exchange with a silent cloud when it is over, ${road}`, () =>
      withSilentCloud({ [name]: String(limitMs) }, async ({ url }) => {
        const { answer, ms } = await timed(url, request);
        assert.equal(answer.status, 504);
        assert.ok(ms > limitMs - 20 && ms < limitMs + lateMs, `${ms} ms`);
      }),
    );
  }
}

measured(
  'GATEWAY_UPSTREAM_CONNECT_TIMEOUT_MS ends an exchange with a cloud that never accepts when it is over',
  async (context) => {
    const cloud = await startFullCloud();
    if (cloud === undefined) return context.skip('this system accepts connections that nobody accepts');
    const gateway = await startTestGateway(cloud.url, { GATEWAY_UPSTREAM_CONNECT_TIMEOUT_MS: String(limitMs) });
    try {
      const { answer, ms } = await timed(gateway.url, rebuildRequest('xml'));
      assert.equal(answer.status, 503);
      assert.ok(ms > limitMs - 20 && ms < limitMs + lateMs, `${ms} ms`);
    } finally {
      await gateway.stop();
      await cloud.stop();
    }
  },
);

measured('a caller that hangs up ends the request to the cloud at once', () =>
  // Otherwise a close within a second after the request is one of the caller's half only.
  withSilentCloud({ GATEWAY_CONNECTIONS_HALF_CLOSE_MS: '0' }, async ({ url }, cloud) => {
    const caller = await dial(url);
    caller.socket.write(head(actionPath, plainRebuild.xml.length) + plainRebuild.xml);
    await cloud.until(() => cloud.requests().length === 1);
    const startedAt = performance.now();
    caller.socket.destroy();
    await cloud.until(() => cloud.connections.every((connection) => connection.isClosed()));
    const ms = performance.now() - startedAt;
    assert.ok(ms < lateMs, `${ms} ms`);
  }),
);

/** Measure how long a process with a running exchange takes to end. */
async function ends(
  settings: Readonly<Record<string, string>>,
  signal: (gateway: GatewayProcess) => Promise<void> | void,
): Promise<{ readonly code: number | null; readonly ms: number }> {
  const cloud = await startRawCloud([{ kind: 'read' }, { kind: 'silent' }]);
  const gateway = spawnGateway(serving(cloud.url, settings));
  try {
    const { url } = await gateway.ready();
    call(url, rebuildRequest('xml')).catch(() => undefined);
    await cloud.until(() => cloud.requests().length === 1);
    const startedAt = performance.now();
    await signal(gateway);
    const code = await gateway.ended();
    return { code, ms: performance.now() - startedAt };
  } finally {
    gateway.kill();
    await cloud.stop();
  }
}

measured('GATEWAY_SHUTDOWN_TIMEOUT_MS ends the process when it is over', async () => {
  const settings = { GATEWAY_SHUTDOWN_NOTICE_MS: '0', GATEWAY_SHUTDOWN_TIMEOUT_MS: String(limitMs) };
  const { code, ms } = await ends(settings, ({ child }) => void child.kill('SIGTERM'));
  assert.equal(code, 0);
  assert.ok(ms > limitMs - 20 && ms < limitMs + lateMs, `${ms} ms`);
});

measured('a second signal ends the process at once', async () => {
  const { code, ms } = await ends({}, async (gateway) => {
    gateway.child.kill('SIGTERM');
    await gateway.logged('draining');
    gateway.child.kill('SIGTERM');
  });
  assert.equal(code, 1);
  assert.ok(ms < lateMs, `${ms} ms`);
});
