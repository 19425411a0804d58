// Guards: unanswered-close.ts and `sendAgain` on each road, `idleMs` and `maxConnectionAgeMs` in connections.ts and cloud-agent.ts.
import assert from 'node:assert/strict';
import dns from 'node:dns';
import type { Socket } from 'node:net';
import { describe, mock, test } from 'node:test';
import { startClosingCloud, type ClosingCloud } from '../support/closing-cloud.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer, type TestRequest } from '../support/http.ts';
import { until } from '../support/in-time.ts';

const roads: Readonly<Record<string, { readonly safe: TestRequest; readonly changing: TestRequest }>> = {
  translated: {
    safe: { method: 'GET', path: '/v2/p/servers/s' },
    changing: {
      path: '/v2/p/servers/s/action',
      headers: { 'Content-Type': 'application/json' },
      body: '{"reboot": {"type": "SOFT"}}',
    },
  },
  forwarded: {
    safe: { method: 'GET', path: '/v2/p/os-gadgets' },
    changing: { path: '/v2/p/os-gadgets', headers: { 'Content-Type': 'application/json' }, body: '{}' },
  },
  streamed: {
    safe: { method: 'HEAD', path: '/v2/p/os-gadgets' },
    changing: { method: 'DELETE', path: '/v2/p/os-gadgets' },
  },
};

const closings: Readonly<Record<string, (socket: Socket) => void>> = {
  'an end': (socket) => socket.end(),
  'a reset': (socket) => socket.resetAndDestroy(),
};

async function between(
  answers: (connection: number) => number,
  close: (socket: Socket) => void,
  play: (gateway: TestGateway, cloud: ClosingCloud) => Promise<void>,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  const cloud = await startClosingCloud({ answers, close });
  // A busy machine must not close the connections between two requests of a test.
  const gateway = await startTestGateway(cloud.url, { GATEWAY_UPSTREAM_IDLE_MS: '60000', ...settings });
  try {
    await play(gateway, cloud);
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
}

function ask({ url }: TestGateway, request: TestRequest): Promise<TestAnswer> {
  return call(url, { ...request, headers: { Accept: 'application/json', ...request.headers } });
}

for (const [road, { safe, changing }] of Object.entries(roads)) {
  for (const [ending, close] of Object.entries(closings)) {
    describe(`the ${road} road to a cloud that closes an idle connection by ${ending} when a request comes`, () => {
      test(`sends a ${safe.method} again, once, on a new connection`, () =>
        between(
          () => 1,
          close,
          async (gateway, cloud) => {
            assert.equal((await ask(gateway, safe)).status, 200);
            assert.equal((await ask(gateway, safe)).status, 200);
            assert.deepEqual(
              cloud.connections.map(({ length }) => length),
              [2, 1],
            );
          },
        ));

      test(`sends a ${safe.method} no third time`, () =>
        between(
          (connection) => (connection === 1 ? 1 : 0),
          close,
          async (gateway, cloud) => {
            assert.equal((await ask(gateway, safe)).status, 200);
            assert.equal((await ask(gateway, safe)).status, 504);
            assert.deepEqual(
              cloud.connections.map(({ length }) => length),
              [2, 1],
            );
          },
        ));

      test(`sends a ${changing.method ?? 'POST'} once: 504, it may have acted`, () =>
        between(
          () => 1,
          close,
          async (gateway, cloud) => {
            assert.equal((await ask(gateway, safe)).status, 200);
            const answer = await ask(gateway, changing);
            assert.equal(answer.status, 504);
            assert.match(answer.body, /may have acted/);
            assert.deepEqual(
              cloud.connections.map(({ length }) => length),
              [2],
            );
          },
        ));
    });
  }

  describe(`the ${road} road`, () => {
    test('does not send a request again that a new connection did not answer: the cloud may fail because of it', () =>
      between(
        () => 0,
        (socket) => socket.end(),
        async (gateway, cloud) => {
          assert.equal((await ask(gateway, safe)).status, 504);
          assert.deepEqual(
            cloud.connections.map(({ length }) => length),
            [1],
          );
        },
      ));

    test('closes a connection that was idle for too long, before the cloud does', async () => {
      await between(
        () => Infinity,
        () => undefined,
        async (gateway, cloud) => {
          assert.equal((await ask(gateway, safe)).status, 200);
          await until(() => cloud.isIdle(), 'the connection stays open');
          assert.equal((await ask(gateway, changing)).status, 202);
          assert.equal(cloud.connections.length, 2);
        },
        { GATEWAY_UPSTREAM_IDLE_MS: '50' },
      );
    });

    test('follows a cloud whose name moves, and breaks no exchange', async () => {
      const addresses = ['127.0.0.1', '127.0.0.2'];
      const options = { answers: () => Infinity, close: () => undefined };
      const first = await startClosingCloud(options);
      const { port } = new URL(first.url);
      const second = await startClosingCloud({ ...options, address: '127.0.0.2', port: Number(port) });
      let address = addresses[0];
      const lookup = mock.method(dns, 'lookup', (_: string, ...[{ all }, done]: LookupRest) =>
        process.nextTick(() => (all === true ? done(null, [{ address, family: 4 }]) : done(null, address, 4))),
      );
      const gateway = await startTestGateway(`http://cloud.example:${port}`, {
        GATEWAY_UPSTREAM_IDLE_MS: '60000',
        GATEWAY_UPSTREAM_MAX_CONNECTION_AGE_MS: '200',
      });
      try {
        assert.equal((await ask(gateway, safe)).status, 200);
        address = addresses[1];
        // The connection is never idle for long, and it is left nevertheless.
        await until(async () => {
          assert.equal((await ask(gateway, safe)).status, 200);
          return second.connections.length > 0;
        }, 'the old address is kept');
        assert.equal((await ask(gateway, changing)).status, 202);
        assert.ok(second.connections.length > 0);
      } finally {
        await gateway.stop();
        lookup.mock.restore();
        await first.stop();
        await second.stop();
      }
    });
  });
}

type LookupRest = [{ readonly all?: boolean }, (error: null, found: unknown, family?: number) => void];
