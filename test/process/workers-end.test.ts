import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { markOf } from '../promises/chaos-call.ts';
import { startLoad } from '../promises/load.ts';
import { call } from '../support/http.ts';
import { rebuildRequest } from '../support/rebuild-call.ts';
import { within } from '../support/within.ts';
import { serving, spawnGateway } from './gateway-process.ts';
import { gone, until, withWorkers } from './workers.ts';

describe('shutting down a gateway of two workers', () => {
  // Holds: drain of worker-pool.ts, and the workers' own.
  test('under load breaks no exchange, announces the close of connections, and exits with 0', (context) =>
    withWorkers([20, 200], {}, async ({ gateway, cloud, url, workers, readiness }) => {
      const load = startLoad(url, 40, ['xml', 'json', 'forwarded']);
      await until(() => load.ended.length > 200, 'there is no load');
      const askedAt = performance.now();
      gateway.child.kill('SIGTERM');
      await within(2000, gateway.logged('draining', 3), 'not all drain');
      assert.equal(await readiness(), 503);
      assert.equal(await within(6000, gateway.ended(), 'the process has not ended'), 0);
      await load.stop();
      const during = load.ended.filter(({ endedAt }) => endedAt > askedAt);
      const begun = during.filter(({ startedAt }) => startedAt < askedAt - 5);
      context.diagnostic(`${begun.length} were begun of ${during.length}`);
      assert.ok(begun.length >= 20, 'the load was none');
      // The operating system may accept a connection that the gateway never sees. Its request was not sent and may be repeated.
      const broken = load.ended.filter(({ kind }) => kind === 'broken');
      const lost = broken.filter(({ number, isReused }) => isReused || cloud.seen.has(markOf(number)));
      assert.deepEqual(lost, [], 'exchanges that were broken');
      assert.deepEqual([...new Set(begun.map(({ status }) => status))], [202]);
      assert.ok(during.some(({ kind, closes }) => kind === 'answered' && closes));
      for (const [mark, times] of cloud.seen) assert.equal(times, 1, mark);
      assert.equal(gateway.lines().at(-1)?.['isInTime'], true);
      assert.equal(gateway.stderr(), '');
      for (const pid of workers().values()) await gone(pid);
    }));

  // Holds: ignoredSignals of worker.ts. Ctrl-C sends SIGINT to every process of the group.
  test('by a signal to all processes happens once, and exits with 0', () =>
    withWorkers([300, 300], {}, async ({ gateway, cloud, url, workers }) => {
      const running = Array.from({ length: 6 }, () => call(url, rebuildRequest('xml')));
      await within(3000, cloud.hasSeen(6), 'the cloud was not asked');
      for (const pid of [...workers().values(), gateway.pid]) process.kill(pid, 'SIGINT');
      for (const { status } of await within(4000, Promise.all(running), 'no answers')) assert.equal(status, 202);
      assert.equal(await within(4000, gateway.ended(), 'the process has not ended'), 0);
      const stopped = gateway.lines().filter(({ message }) => message === 'stopped');
      assert.equal(stopped.length, 3);
      assert.ok(!gateway.stdout().includes('worker lost'));
    }));

  test('closes the connections of all workers at the timeout, and exits with 0', () =>
    withWorkers([60_000, 60_000], { GATEWAY_SHUTDOWN_TIMEOUT_MS: '600' }, async ({ gateway, cloud, url }) => {
      const running = Array.from({ length: 6 }, () =>
        call(url, rebuildRequest('json')).then(
          () => 'answered',
          () => 'cut',
        ),
      );
      await within(3000, cloud.hasSeen(6), 'the cloud was not asked');
      gateway.child.kill('SIGTERM');
      assert.equal(await within(3000, gateway.ended(), 'the process has not ended'), 0);
      assert.deepEqual(new Set(await Promise.all(running)), new Set(['cut']));
      assert.equal(gateway.lines().at(-1)?.['isInTime'], false);
    }));

  test('by a second signal exits at once with 1, and kills all workers', () =>
    withWorkers([60_000, 60_000], {}, async ({ gateway, cloud, url, workers }) => {
      for (let n = 0; n < 4; n += 1) call(url, rebuildRequest('json')).catch(() => undefined);
      await within(3000, cloud.hasSeen(4), 'the cloud was not asked');
      gateway.child.kill('SIGTERM');
      await gateway.logged('draining');
      gateway.child.kill('SIGTERM');
      assert.equal(await within(1500, gateway.ended(), 'the process has not ended'), 1);
      for (const pid of workers().values()) await within(1500, gone(pid));
    }));

  // Holds: #becomeServing of worker-handle.ts, which repeats an order to drain that was sent before the worker listened.
  test('during the start exits with 0', async () => {
    const gateway = spawnGateway(serving('http://127.0.0.1:1', { GATEWAY_WORKERS: '2' }));
    try {
      await within(8000, gateway.logged('worker serves'), 'no worker serves');
      gateway.child.kill('SIGTERM');
      assert.equal(await within(4000, gateway.ended(), 'the process has not ended'), 0);
      assert.equal(gateway.lines().at(-1)?.['message'], 'stopped');
    } finally {
      gateway.kill();
    }
  });
});

describe('workers whose primary is killed', () => {
  // Holds: drainWithoutPrimary of worker.ts. By default node exits at once and breaks the running exchanges.
  test('finish the running exchanges, and exit', () =>
    withWorkers([700, 700], {}, async ({ gateway, cloud, url, workers }) => {
      const running = Array.from({ length: 8 }, () => call(url, rebuildRequest('xml')));
      await within(3000, cloud.hasSeen(8), 'the cloud was not asked');
      gateway.kill();
      for (const { status } of await within(4000, Promise.all(running), 'no answers')) assert.equal(status, 202);
      assert.equal(workers().size, 2);
      for (const pid of workers().values()) await within(4000, gone(pid));
      await assert.rejects(call(url, rebuildRequest('xml')), /ECONNREFUSED/);
    }));
});
