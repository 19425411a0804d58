import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { answering, httpAnswer, startRawCloud, type RawCloud, type Step } from '../support/raw-cloud.ts';
import { published } from '../support/published.ts';
import { actionPath, plainRebuild, rebuildWithFile, serverDocument } from '../support/rebuild-call.ts';
import { inTime } from '../support/in-time.ts';

/** A caller of raw bytes. */
function caller({ url }: TestGateway, bytes: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname, () => socket.write(bytes));
  return socket.on('error', () => undefined);
}

function request(body: string, length = Buffer.byteLength(body)): string {
  return `POST ${actionPath} HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/xml\r\nContent-Length: ${length}\r\n\r\n${body}`;
}

/** A caller that goes is no error of ours: the log is looked at when all is over, so that nothing comes after. */
async function withBoth(
  script: readonly Step[],
  settings: Readonly<Record<string, string>>,
  play: (gateway: TestGateway, cloud: RawCloud) => Promise<void>,
): Promise<void> {
  const cloud = await startRawCloud(script);
  // A caller that closes its connection so early behind its request would count as one that closes only its half of it.
  const gateway = await startTestGateway(cloud.url, { GATEWAY_CONNECTIONS_HALF_CLOSE_MS: '0', ...settings });
  try {
    await play(gateway, cloud);
  } finally {
    await gateway.stop();
    await cloud.stop();
  }
  const internal = gateway.log.filter(({ event }) => event === 'internal error');
  assert.deepEqual(internal, [], 'a caller that goes is no error of ours');
}

const head = 'HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n';
/** Waits of the gateway: their name, the script of the cloud, and the event at which the gateway waits. */
const waits: readonly (readonly [string, readonly Step[], (cloud: RawCloud) => Promise<void>])[] = [
  [
    'for the headers of the cloud',
    [{ kind: 'read' }, { kind: 'silent' }],
    (cloud) => cloud.until(() => cloud.requests().length === 1),
  ],
  [
    'for the body of the cloud',
    [{ kind: 'read' }, { kind: 'write', bytes: `${head}{"server"` }, { kind: 'silent' }],
    () => published('undici:request:headers'),
  ],
];

describe('a caller that hangs up ends the request upstream', () => {
  for (const [what, script, waiting] of waits) {
    for (const how of ['destroy', 'resetAndDestroy'] as const) {
      test(`while the gateway waits ${what} (${how})`, () =>
        withBoth(script, {}, async (gateway, cloud) => {
          const isWaiting = waiting(cloud);
          const socket = caller(gateway, request(plainRebuild.xml));
          await inTime(isWaiting);
          socket[how]();
          await cloud.until(() => cloud.connections[0]?.isClosed() === true);
          await gateway.logged('exchange', 1);
          assert.equal(gateway.log.find(({ event }) => event === 'exchange')?.fields['aborted'], true);
        }));
    }
  }

  test('while the gateway reads the present server, and no POST follows', () =>
    withBoth([{ kind: 'read' }, { kind: 'silent' }], {}, async (gateway, cloud) => {
      const socket = caller(gateway, request(rebuildWithFile.xml));
      await cloud.until(() => cloud.requests().length === 1);
      socket.destroy();
      await cloud.until(() => cloud.connections[0]?.isClosed() === true);
      assert.equal(cloud.connections.length, 1);
      assert.match(cloud.requests()[0] ?? '', /^GET /);
    }));

  test('while its request waits for a free connection, and the request is never sent', async () => {
    const hangUp = Promise.withResolvers<void>();
    const script: readonly Step[] = [
      { kind: 'read' },
      { kind: 'wait', until: hangUp.promise },
      { kind: 'write', bytes: httpAnswer(202, serverDocument) },
      { kind: 'read' },
      { kind: 'silent' },
    ];
    await withBoth(script, { GATEWAY_UPSTREAM_CONNECTIONS: '1' }, async (gateway, cloud) => {
      const named = (name: string): Socket => caller(gateway, request(plainRebuild.xml.replace('"n"', `"${name}"`)));
      const first = named('first');
      await cloud.until(() => cloud.requests().length === 1);
      // Its body arrives with its header section, so it already waits for the connection to the cloud when the next event arrives.
      const hasArrived = published('http.server.request.start');
      const second = named('second');
      await hasArrived;
      second.destroy();
      await gateway.logged('exchange', 1);
      // Requests that wait are sent in order: where the third has come, the second will not come any more.
      const third = named('third');
      hangUp.resolve();
      await cloud.until(() => cloud.connections.some((connection) => connection.bytes().includes('"third"')));
      assert.equal(cloud.requests().length, 2);
      for (const connection of cloud.connections) assert.ok(!connection.bytes().includes('"second"'));
      first.destroy();
      third.destroy();
    });
  });
});

describe('a caller that hangs up in the middle of its own body never reaches the cloud', () => {
  for (const [what, bytes] of Object.entries({
    'with a length': request('<rebuild imageRef', 400),
    'in chunks': `POST ${actionPath} HTTP/1.1\r\nHost: g\r\nContent-Type: application/xml\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rebu\r\n`,
    'in JSON': request('{"rebuild": {', 400).replace('application/xml', 'application/json'),
  })) {
    test(`a body ${what} is not passed on`, () =>
      withBoth([{ kind: 'silent' }], {}, async (gateway, cloud) => {
        const hasArrived = published('http.server.request.start');
        const socket = caller(gateway, bytes);
        await hasArrived;
        socket.destroy();
        await gateway.logged('exchange', 1);
        assert.equal(cloud.connections.length, 0);
      }));
  }

  test('a caller that is silent in the middle of its body is let go after its limit', () =>
    withBoth([{ kind: 'silent' }], { GATEWAY_REQUEST_TIMEOUT_MS: '300' }, async (gateway, cloud) => {
      const socket = caller(gateway, request('<rebuild imageRef', 400));
      // By default node checks for late requests only every 30 seconds, so the gateway must set that interval too.
      await inTime(once(socket.resume(), 'close'), 'the connection stays open');
      assert.equal(cloud.connections.length, 0);
    }));
});

describe('callers that go leave nothing behind', () => {
  test('a hundred callers that hang up leave the gateway as it was', async () => {
    const cloud = await startRawCloud([{ kind: 'read' }, { kind: 'silent' }]);
    const gateway = await startTestGateway(cloud.url, {
      GATEWAY_UPSTREAM_CONNECTIONS: '10',
      GATEWAY_PROJECTS_MAX_SHARE: '100',
      GATEWAY_CONNECTIONS_HALF_CLOSE_MS: '0',
    });
    try {
      for (let round = 0; round < 10; round += 1) {
        const before = cloud.requests().length;
        const sockets = Array.from({ length: 10 }, () => caller(gateway, request(plainRebuild.xml)));
        await cloud.until(() => cloud.requests().length === before + 10);
        for (const socket of sockets) socket.destroy();
        await cloud.until(() => cloud.connections.every((connection) => connection.isClosed()));
      }
      cloud.script(answering(httpAnswer(202, serverDocument)));
      const socket = caller(gateway, request(plainRebuild.xml));
      const answer = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
      assert.match(answer.toString(), /^HTTP\/1\.1 202 /);
      socket.destroy();
    } finally {
      await gateway.stop();
      await cloud.stop();
    }
  });
});
