import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { markOf } from '../promises/chaos-call.ts';
import { underLoad, type Ended } from '../promises/load.ts';
import { call } from '../support/http.ts';
import { rebuildRequest } from '../support/rebuild-call.ts';
import { inTime, until } from '../support/in-time.ts';
import { gone, withWorkers } from './workers.ts';

const thrower = join(import.meta.dirname, '../promises/later-error.ts');

describe('a worker that is lost', () => {
  // Holds: #replace of worker-pool.ts, and keepCountsOf of summed-metrics.ts, which keeps the counts of an ended worker.
  test('by kill -9 under load is replaced; no other request fails, and none is sent twice', (context) =>
    withWorkers([5, 60], {}, async ({ gateway, cloud, url, workers, metric, readiness }) => {
      const [[id, pid] = [0, 0]] = workers();
      let [before, killedAt, knownAt] = [0, 0, 0];
      const ended: Ended[] = [];
      await underLoad(url, 24, ['xml', 'json', 'forwarded'], async (load) => {
        await until(() => load.ended.length > 200, 'there is no load');
        before = await metric('gateway_exchanges_total');
        killedAt = performance.now();
        process.kill(pid, 'SIGKILL');
        await gateway.logged('worker lost');
        knownAt = performance.now();
        await gateway.logged('worker serves', 3);
        assert.equal(await readiness(), 200);
        const replacedAt = performance.now();
        await until(() => load.ended.filter(({ endedAt }) => endedAt > replacedAt).length > 200, 'it serves no more');
        await load.stop();
        ended.push(...load.ended);
      });
      const during = ended.filter(({ endedAt }) => endedAt > killedAt);
      const lost = during.filter(({ kind }) => kind !== 'answered');
      context.diagnostic(`${during.length} after the kill, ${lost.length} broken with their worker`);
      assert.equal(ended.filter(({ kind }) => kind === 'refused').length, 0, 'the port was never closed');
      assert.ok(lost.length <= 24, 'no caller lost more than the one request that was under way');
      assert.ok(lost.every(({ startedAt }) => startedAt < knownAt));
      assert.ok(during.filter(({ kind }) => kind === 'answered').every(({ status }) => status === 202));
      for (const [mark, times] of cloud.seen) assert.equal(times, 1, mark);
      for (const { number, kind } of ended) if (kind === 'answered') assert.ok(cloud.seen.has(markOf(number)));
      const line = gateway.lines().find(({ message }) => message === 'worker lost');
      assert.equal(line?.['worker'], id);
      assert.equal(line['pid'], pid);
      const end = gateway.lines().find(({ message }) => message === 'worker ended');
      assert.equal(end?.['signal'], 'SIGKILL');
      // Responses around the kill may have been counted before it.
      const answered = during.length - lost.length - 24;
      await until(async () => (await metric('gateway_exchanges_total')) >= before + answered, 'a count fell');
      await until(async () => (await metric('gateway_in_flight')) === 0, 'what was under way in it still counts');
      assert.equal(await metric('gateway_workers_lost_total'), 1);
      assert.equal(await metric('gateway_workers'), 2);
    }));

  // Holds: reassignLostConnections. Node's cluster forgets a connection that it is handing over, and its caller would wait for ever.
  test('while it is being handed a connection: another worker gets it', () =>
    withWorkers([0, 0], {}, async ({ url, workers }) => {
      const [[, pid] = [0, 0]] = workers();
      process.kill(pid, 'SIGSTOP');
      let answered = 0;
      const running = Array.from({ length: 10 }, async () => {
        const { status } = await call(url, rebuildRequest('xml'));
        answered += 1;
        return status;
      });
      await until(() => answered === 9, 'the other worker does not serve');
      process.kill(pid, 'SIGKILL');
      assert.deepEqual(new Set(await inTime(Promise.all(running), 'a caller waits')), new Set([202]));
    }));

  // Holds: the message 'draining', at which a worker is replaced, and shutDownOnDefects in workers.
  test('by an unexpected error finishes the running exchanges, exits with 70 and is replaced; the other one keeps serving', () =>
    withWorkers([0, 0], { NODE_OPTIONS: `--import=${thrower}` }, async ({ gateway, cloud, url, workers, metric }) => {
      cloud.hold();
      const running = Array.from({ length: 12 }, async (_, n) => {
        const { status } = await call(url, rebuildRequest(n % 2 ? 'xml' : 'json'));
        return status;
      });
      await cloud.holds(12);
      const [[id, pid] = [0, 0]] = workers();
      process.kill(pid, 'SIGUSR2');
      await gateway.logged('unhandled error');
      cloud.release();
      assert.deepEqual(new Set(await inTime(Promise.all(running), 'no answers')), new Set([202]));
      await gateway.logged('worker serves', 3);
      await gone(pid);
      await gateway.logged('worker ended');
      const end = gateway.lines().find(({ message }) => message === 'worker ended');
      assert.deepEqual([end?.['worker'], end?.['code']], [id, 70]);
      assert.equal((await call(url, rebuildRequest('xml'))).status, 202);
      await until(async () => (await metric('gateway_exchanges_total')) === 13, 'a count was lost with its worker');
      gateway.child.kill('SIGTERM');
      assert.equal(await gateway.ended(), 0);
      assert.equal(gateway.stderr(), '');
    }));

  // Holds: backoff.ts.
  test('again and again is replaced after a longer wait each time, until its cause is gone; the other one keeps serving', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-crash-'));
    const cause = join(folder, 'cause');
    const crash = `import{existsSync}from'fs';if(process.argv[2]==='--worker'&&existsSync('${cause}'))process.exit(9)`;
    const settings = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(crash)}` };
    try {
      await withWorkers([0, 0], settings, async ({ gateway, url, workers, readiness }) => {
        writeFileSync(cause, '');
        const [[, pid] = [0, 0]] = workers();
        process.kill(pid, 'SIGKILL');
        await gateway.logged('worker lost', 4);
        const delays = gateway
          .lines()
          .flatMap(({ message, replacedInMs }) => (message === 'worker lost' ? [replacedInMs] : []));
        // On a busy machine the killed worker may have served long enough to be replaced at once; the others never serve.
        const expected = delays[0] === 0 ? [0, 250, 500, 1000] : [250, 500, 1000, 2000];
        assert.deepEqual(delays.slice(0, 4), expected);
        assert.equal(await readiness(), 200);
        assert.equal((await call(url, rebuildRequest('json'))).status, 202);
        rmSync(cause);
        await gateway.logged('worker serves', 3);
        gateway.child.kill('SIGTERM');
        assert.equal(await gateway.ended(), 0);
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
