import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { spawnGateway, serving, type GatewayProcess } from '../process/gateway-process.ts';
import { startLiveCloud } from '../support/forwarding.ts';
import { call } from '../support/http.ts';
import { rebuildRequest, serverDocument } from '../support/rebuild-call.ts';
import { inTime, until } from '../support/in-time.ts';
import { markOf } from './chaos-call.ts';
import { dial, head } from './dialled.ts';
import { underLoad, type Ended } from './load.ts';
import { readAll } from './read-whole.ts';
import { startSlowCloud, type SlowCloud } from './slow-cloud.ts';

interface Playing {
  readonly gateway: GatewayProcess;
  readonly cloud: SlowCloud;
  readonly url: string;
}

async function playing(
  ms: readonly [number, number],
  settings: Readonly<Record<string, string>>,
  play: (playing: Playing) => Promise<void>,
): Promise<void> {
  const cloud = await startSlowCloud(ms);
  const gateway = spawnGateway(serving(cloud.url, settings));
  try {
    const { url } = await gateway.ready();
    await play({ gateway, cloud, url });
  } finally {
    gateway.kill();
    await gateway.ended();
    await cloud.stop();
  }
}

const kinds = ['xml', 'json', 'forwarded'] as const;

/** Count how requests ended. */
function tally(ended: readonly Ended[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind, status, error } of ended) {
    const name = `${kind} ${kind === 'answered' ? status : error}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe('a gateway that is asked to end under load', () => {
  // Holds: drain of gateway.ts, which waits for what runs and says Connection: close.
  test('answers whole whatever was begun, says that it closes, refuses what is new, and ends with 0', (context) =>
    playing([20, 300], {}, async ({ gateway, cloud, url }) => {
      let askedAt = Infinity;
      const ended: Ended[] = [];
      await underLoad(url, 60, kinds, async (load) => {
        await until(() => load.ended.length > 300, 'there is no load');
        cloud.hold();
        await cloud.holds(30);
        askedAt = performance.now();
        gateway.child.kill('SIGTERM');
        await gateway.logged('draining');
        cloud.release();
        assert.equal(await gateway.ended(), 0);
        // New connections are refused now: the load continues until one was.
        await until(() => load.ended.some(({ kind }) => kind === 'refused'), 'no new connection is refused');
        await load.stop();
        ended.push(...load.ended);
      });
      const during = ended.filter(({ endedAt }) => endedAt > askedAt);
      context.diagnostic(JSON.stringify(tally(during)));
      const begun = during.filter(({ startedAt }) => startedAt < askedAt);
      assert.ok(begun.length >= 30, 'the load was none');
      // The system may have taken a connection that the gateway never saw: its caller was not served, and may try again.
      const broken = ended.filter(({ kind }) => kind === 'broken');
      const lost = broken.filter(({ number, isReused }) => isReused || cloud.seen.has(markOf(number)));
      assert.deepEqual(
        lost.map(({ error, isReused }) => ({ error, isReused })),
        [],
        'exchanges that were broken',
      );
      assert.deepEqual([...new Set(begun.map(({ status }) => status))], [202]);
      // Each keep-alive connection had one more answer, which closed it.
      assert.ok(during.some(({ kind, closes }) => kind === 'answered' && closes));
      for (const [mark, times] of cloud.seen) assert.equal(times, 1, mark);
      assert.equal(gateway.lines().at(-1)?.['isInTime'], true);
      assert.equal(gateway.stderr(), '');
    }));

  // Holds: the timer in drain of gateway.ts.
  test('cuts at its limit what outlasts it, and ends with 0', () =>
    playing([0, 0], { GATEWAY_SHUTDOWN_TIMEOUT_MS: '700' }, async ({ gateway, cloud, url }) => {
      cloud.hold();
      const running = Array.from({ length: 20 }, () =>
        call(url, rebuildRequest('xml')).then(
          () => 'answered',
          () => 'cut',
        ),
      );
      await cloud.holds(20);
      const askedAt = performance.now();
      gateway.child.kill('SIGTERM');
      assert.equal(await gateway.ended(), 0);
      const ms = performance.now() - askedAt;
      assert.ok(ms >= 650, `it ended after ${ms} ms`);
      assert.deepEqual(new Set(await Promise.all(running)), new Set(['cut']));
      assert.equal(gateway.lines().at(-1)?.['isInTime'], false);
    }));

  // Holds: the second signal in main.ts.
  test('twice ends at once with 1', () =>
    playing([0, 0], {}, async ({ gateway, cloud, url }) => {
      cloud.hold();
      const running = Array.from({ length: 10 }, () =>
        call(url, rebuildRequest('json')).then(
          () => 'answered',
          () => 'cut',
        ),
      );
      await cloud.holds(10);
      gateway.child.kill('SIGTERM');
      await gateway.logged('draining');
      gateway.child.kill('SIGTERM');
      // The code 1 is that of the second signal: the first one alone would drain, and end with 0.
      assert.equal(await gateway.ended(), 1);
      assert.deepEqual(new Set(await Promise.all(running)), new Set(['cut']));
    }));

  // Holds: close in listen.ts, which waits for exchanges and not for idle connections.
  test('sends whole an answer that had begun before, and does not wait for its connection', async () => {
    const half = serverDocument.length / 2;
    const begun = Promise.withResolvers<ServerResponse>();
    const cloud = await startLiveCloud((request, response) => {
      request.resume();
      // A short document of JSON would not begin before it is whole.
      response.writeHead(202, { 'Content-Type': 'text/plain', 'Content-Length': serverDocument.length });
      response.write(serverDocument.slice(0, half));
      begun.resolve(response);
    });
    const gateway = spawnGateway(serving(cloud.url));
    try {
      const caller = await dial((await gateway.ready()).url);
      caller.socket.write('GET /v2/p/os-gadgets HTTP/1.1\r\nHost: g\r\n\r\n');
      await until(() => caller.text().endsWith(serverDocument.slice(0, half)), 'the answer does not begin');
      gateway.child.kill('SIGTERM');
      await gateway.logged('draining');
      (await begun.promise).end(serverDocument.slice(half));
      const [answer, ...others] = readAll(
        Buffer.from(await inTime(caller.ended, 'the connection stays open'), 'latin1'),
      );
      assert.deepEqual([answer?.status, answer?.body, others.length], [202, serverDocument, 0]);
      assert.equal(await gateway.ended(), 0);
      assert.equal(gateway.lines().at(-1)?.['isInTime'], true);
    } finally {
      gateway.kill();
      await gateway.ended();
      await cloud.stop();
    }
  });
});

/** Requests in a row on one connection, some of which come after SIGTERM; the cloud answers when all are with it. */
async function inARow(before: number, after: number, road: 'forwarded' | 'translated'): Promise<void> {
  const held: ServerResponse[] = [];
  const cloud = await startLiveCloud((request, response) => {
    request.resume();
    held.push(response);
  });
  const gateway = spawnGateway(serving(cloud.url, { GATEWAY_SHUTDOWN_NOTICE_MS: '800' }));
  const path = road === 'forwarded' ? '/v2/p/os-gadgets' : rebuildRequest('json').path;
  const body = road === 'forwarded' ? 'x' : String(rebuildRequest('json').body);
  const request = head(path, body.length, 'application/json') + body;
  const arrived = (count: number): Promise<void> =>
    until(() => held.length >= count, `the cloud is not asked ${count} times`);
  try {
    const { url } = await gateway.ready();
    const caller = await dial(url);
    caller.socket.write(request.repeat(before));
    await arrived(before);
    gateway.child.kill('SIGTERM');
    await gateway.logged('draining');
    for (let n = 1; n <= after; n += 1) {
      caller.socket.write(request);
      await arrived(before + n);
    }
    for (const response of held) response.writeHead(202, { 'Content-Type': 'application/json' }).end(serverDocument);
    const text = await inTime(caller.ended, 'the connection stays open');
    const all = Array.from({ length: before + after }, (_, n) => [202, n === before + after - 1]);
    assert.deepEqual(
      readAll(Buffer.from(text, 'latin1')).map(({ status, isLast }) => [status, isLast]),
      all,
    );
    assert.equal(await gateway.ended(), 0);
    assert.equal(gateway.lines().at(-1)?.['isInTime'], true);
  } finally {
    gateway.kill();
    await gateway.ended();
    await cloud.stop();
  }
}

// Holds: closeAfterLast of callers.ts. A pipelined request may have reached the cloud already: an earlier answer that closes the connection would lose its answer.
describe('of requests in a row on one connection at SIGTERM all are answered, and the last one closes', () => {
  for (const road of ['forwarded', 'translated'] as const) {
    test(`two, ${road}`, () => inARow(2, 0, road));
    test(`one, and two more that come after it, ${road}`, () => inARow(1, 2, road));
  }
});
