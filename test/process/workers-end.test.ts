import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { markOf } from '../promises/chaos-call.ts';
import { dial } from '../promises/dialled.ts';
import { underLoad, type Ended } from '../promises/load.ts';
import { call } from '../support/http.ts';
import { rebuildRequest, serverDocument } from '../support/rebuild-call.ts';
import { inTime, until } from '../support/in-time.ts';
import { serving, spawnGateway } from './gateway-process.ts';
import { gone, withWorkers } from './workers.ts';

describe('shutting down a gateway of two workers', () => {
  // Holds: drain of worker-pool.ts, and the workers' own.
  test('under load breaks no exchange, announces the close of connections, and exits with 0', (context) =>
    withWorkers([20, 200], {}, async ({ gateway, cloud, url, workers, readiness }) => {
      let askedAt = Infinity;
      const ended: Ended[] = [];
      await underLoad(url, 40, ['xml', 'json', 'forwarded'], async (load) => {
        await until(() => load.ended.length > 200, 'there is no load');
        cloud.hold();
        await cloud.holds(20);
        askedAt = performance.now();
        gateway.child.kill('SIGTERM');
        await gateway.logged('draining', 3);
        // While exchanges run it drains, however slow this machine is.
        assert.equal(await readiness(), 503);
        cloud.release();
        assert.equal(await gateway.ended(), 0);
        await load.stop();
        ended.push(...load.ended);
      });
      const during = ended.filter(({ endedAt }) => endedAt > askedAt);
      const begun = during.filter(({ startedAt }) => startedAt < askedAt);
      context.diagnostic(`${begun.length} were begun of ${during.length}`);
      assert.ok(begun.length >= 20, 'the load was none');
      // The operating system may accept a connection that the gateway never sees. Its request was not sent and may be repeated.
      const broken = ended.filter(({ kind }) => kind === 'broken');
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
    withWorkers([0, 0], {}, async ({ gateway, cloud, url, workers }) => {
      cloud.hold();
      const running = Array.from({ length: 6 }, () => call(url, rebuildRequest('xml')));
      await cloud.holds(6);
      for (const pid of [...workers().values(), gateway.pid]) process.kill(pid, 'SIGINT');
      await gateway.logged('draining', 3);
      cloud.release();
      for (const { status } of await inTime(Promise.all(running), 'no answers')) assert.equal(status, 202);
      assert.equal(await gateway.ended(), 0);
      const stopped = gateway.lines().filter(({ message }) => message === 'stopped');
      assert.equal(stopped.length, 3);
      assert.ok(!gateway.stdout().includes('worker lost'));
    }));

  test('closes the connections of all workers at the timeout, and exits with 0', () =>
    withWorkers([0, 0], { GATEWAY_SHUTDOWN_TIMEOUT_MS: '600' }, async ({ gateway, cloud, url }) => {
      cloud.hold();
      const running = Array.from({ length: 6 }, () =>
        call(url, rebuildRequest('json')).then(
          () => 'answered',
          () => 'cut',
        ),
      );
      await cloud.hasSeen(6);
      gateway.child.kill('SIGTERM');
      assert.equal(await gateway.ended(), 0);
      assert.deepEqual(new Set(await Promise.all(running)), new Set(['cut']));
      assert.equal(gateway.lines().at(-1)?.['isInTime'], false);
    }));

  test('by a second signal exits at once with 1, and kills all workers', () =>
    withWorkers([0, 0], {}, async ({ gateway, cloud, url, workers }) => {
      cloud.hold();
      for (let n = 0; n < 4; n += 1) call(url, rebuildRequest('json')).catch(() => undefined);
      await cloud.hasSeen(4);
      gateway.child.kill('SIGTERM');
      await gateway.logged('draining');
      gateway.child.kill('SIGTERM');
      assert.equal(await gateway.ended(), 1);
      for (const pid of workers().values()) await gone(pid);
    }));

  // Holds: #becomeServing of worker-handle.ts, which repeats an order to drain that was sent before the worker listened.
  test('during the start exits with 0', async () => {
    const gateway = spawnGateway(serving('http://127.0.0.1:1', { GATEWAY_WORKERS: '2' }));
    try {
      await gateway.logged('worker serves');
      gateway.child.kill('SIGTERM');
      assert.equal(await gateway.ended(), 0);
      assert.equal(gateway.lines().at(-1)?.['message'], 'stopped');
    } finally {
      gateway.kill();
    }
  });
});

describe('workers whose primary is killed', () => {
  // Holds: drainWithoutPrimary of worker.ts. By default node exits at once and breaks the running exchanges.
  test('finish the running exchanges, and exit', () =>
    withWorkers([0, 0], {}, async ({ gateway, cloud, url, workers }) => {
      // Idle connections, of which each worker has one: a worker closes them when it begins to drain.
      const idle = [await dial(url), await dial(url)];
      for (const [n, caller] of idle.entries()) {
        caller.socket.write('GET /v2/p/os-gadgets HTTP/1.1\r\nHost: g\r\n\r\n');
        await until(() => caller.text().includes(serverDocument), `connection ${n} has no answer`);
      }
      cloud.hold();
      const running = Array.from({ length: 8 }, () => call(url, rebuildRequest('xml')));
      await cloud.holds(8);
      gateway.kill();
      for (const { ended } of idle) await inTime(ended, 'a worker does not drain');
      cloud.release();
      for (const { status } of await inTime(Promise.all(running), 'no answers')) assert.equal(status, 202);
      assert.equal(workers().size, 2);
      for (const pid of workers().values()) await gone(pid);
      await assert.rejects(call(url, rebuildRequest('xml')), /ECONNREFUSED/);
    }));
});
