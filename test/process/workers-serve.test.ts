import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { settings } from '../../src/config/settings.ts';
import { call } from '../support/http.ts';
import { rebuildRequest } from '../support/rebuild-call.ts';
import { until } from '../support/in-time.ts';
import { serving, spawnGateway } from './gateway-process.ts';
import { withWorkers } from './workers.ts';

const exchanges = 40;

describe('a gateway of two workers', () => {
  // Holds: the shared port of node's cluster, and sumSnapshots, which adds counts and shows once what is the same in all workers.
  test('serves behind one port, and one admin port has the summed metrics', () =>
    withWorkers([0, 0], {}, async ({ gateway, url, metric, readiness }) => {
      assert.equal(await readiness(), 200);
      const requests = Array.from({ length: exchanges }, (_, n) => call(url, rebuildRequest(n % 2 ? 'xml' : 'json')));
      for (const { status } of await Promise.all(requests)) assert.equal(status, 202);
      await gateway.logged('exchange', exchanges);
      const lines = gateway.lines().filter(({ message }) => message === 'exchange');
      assert.deepEqual(new Set(lines.map(({ worker }) => worker)), new Set([1, 2]));
      // A worker that is late counts with its previous metrics.
      await until(async () => (await metric('gateway_exchanges_total')) === exchanges, 'exchanges are not counted');
      assert.equal(await metric('gateway_exchanges_total', { media_in: 'application/xml' }), exchanges / 2);
      assert.equal(await metric('gateway_exchange_duration_seconds_count', { operation: 'rebuild' }), exchanges);
      assert.equal(await metric('gateway_build_info'), 1);
      assert.equal(await metric('nodejs_version_info'), 1);
      assert.equal(await metric('gateway_workers'), 2);
      assert.equal(await metric('gateway_workers_lost_total'), 0);
      const startedAt = await metric('process_start_time_seconds');
      assert.ok(Math.abs(startedAt - Date.now() / 1000) < 60, `started at ${startedAt}`);
      // The memory is the sum of three processes of over 30 MB each. The delay is the worst one: a sum would be over a second.
      assert.ok((await metric('process_resident_memory_bytes')) > 90e6);
      assert.ok((await metric('nodejs_eventloop_lag_p99_seconds')) < 5);
    }));

  // Holds: log.pass. Only the primary writes to its stdout, and a missing reader does not stop it.
  test('keeps serving after the reader of its log has gone', () =>
    withWorkers([20, 20], {}, async ({ gateway, url, readiness }) => {
      gateway.child.stdout?.destroy();
      // A line is written 10 ms after its exchange, during the next one. An unhandled error there would drain all.
      for (let n = 0; n < 16; n += 1) assert.equal((await call(url, rebuildRequest('json'))).status, 202);
      assert.equal(await readiness(), 200);
      gateway.child.kill('SIGTERM');
      assert.equal(await gateway.ended(), 0);
    }));

  // Holds: that gauges of workers are added.
  test('counts the exchanges in progress of both', () =>
    withWorkers([0, 0], {}, async ({ cloud, url, metric }) => {
      cloud.hold();
      for (let n = 0; n < 6; n += 1) call(url, rebuildRequest('json')).catch(() => undefined);
      await cloud.hasSeen(6);
      await until(async () => (await metric('gateway_in_flight')) === 6, 'exchanges are not counted');
    }));

  // Holds: forwardLines. Without it, two processes that write lines of 12 KB to one full pipe tear each other's lines.
  test('writes whole lines into a pipe that is read late', () =>
    withWorkers([0, 0], {}, async ({ gateway, url }) => {
      gateway.child.stdout?.pause();
      const { path, ...request } = rebuildRequest('json', '{}');
      const long = `${path}${'/x'.repeat(6000)}`;
      // No more than are held for a slow reader (logHeldBytes).
      for (let round = 0; round < 3; round += 1) {
        await Promise.all(Array.from({ length: 20 }, () => call(url, { ...request, path: long })));
      }
      gateway.child.stdout?.resume();
      await gateway.logged('exchange', 60);
      const lines = gateway.lines().filter(({ message }) => message === 'exchange');
      assert.ok(lines.every((line) => line['path'] === long));
      assert.deepEqual(new Set(lines.map(({ worker }) => worker)), new Set([1, 2]));
    }));

  // Holds: log.close in all processes. The primary writes all lines of its workers before it exits.
  test('loses no line when it exits', () =>
    withWorkers([0, 0], {}, async ({ gateway, url }) => {
      for (let round = 0; round < 10; round += 1) {
        await Promise.all(Array.from({ length: 30 }, () => call(url, rebuildRequest('json'))));
      }
      gateway.child.kill('SIGTERM');
      assert.equal(await gateway.ended(), 0);
      const events = gateway.lines().map(({ message }) => message);
      assert.equal(events.filter((event) => event === 'exchange').length, 300);
      assert.equal(events.filter((event) => event === 'stopped').length, 3);
      assert.equal(events.at(-1), 'stopped');
      assert.equal(gateway.stderr(), '');
    }));

  // Holds: dropMaxConnection of caller-server.ts. Without it full workers hand connections back and forth for ever.
  test('closes connections over the limit of each worker at once, and counts them', () =>
    withWorkers([0, 0], { GATEWAY_CONNECTIONS_MAX: '2' }, async ({ cloud, url, metric }) => {
      cloud.hold();
      const running: Promise<string>[] = [];
      // One by one, or a worker that is quicker may be given a third.
      for (let n = 1; n <= 4; n += 1) {
        running.push(
          call(url, rebuildRequest('json')).then(
            () => 'answered',
            () => 'cut',
          ),
        );
        await cloud.hasSeen(n);
      }
      for (let n = 0; n < 4; n += 1)
        await assert.rejects(call(url, rebuildRequest('json')), /ECONNRESET|socket hang up/);
      await until(
        async () => (await metric('gateway_limits_hit_total', { limit: 'connections.max' })) === 4,
        'not counted',
      );
      assert.equal(await Promise.race([...running, Promise.resolve('waiting')]), 'waiting');
    }));
});

describe('an error at the start of the workers', () => {
  // Holds: isListenError, and start of worker-pool.ts, which starts the other workers only after the first one serves.
  test('is reported once, with exit code 2: a port that is in use', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    // A server that listens on a port has such an address.
    const { port } = taken.address() as AddressInfo;
    const gateway = spawnGateway(serving('http://127.0.0.1:1', { GATEWAY_WORKERS: '2', GATEWAY_PORT: String(port) }));
    try {
      assert.equal(await gateway.ended(), 2);
      assert.match(gateway.stderr(), new RegExp(`^Cannot listen on 127\\.0\\.0\\.1:${port}: EADDRINUSE[^\n]*\n$`));
    } finally {
      gateway.kill();
      taken.close();
    }
  });

  test('is reported once, with exit code 2: a missing certificate', async () => {
    const files = { GATEWAY_TLS_CERT_FILE: '/nowhere.crt', GATEWAY_TLS_KEY_FILE: '/nowhere.key' };
    const gateway = spawnGateway(serving('http://127.0.0.1:1', { GATEWAY_WORKERS: '2', ...files }));
    try {
      assert.equal(await gateway.ended(), 2);
      assert.equal(gateway.stderr().match(/cannot be read/g)?.length, 1, gateway.stderr());
    } finally {
      gateway.kill();
    }
  });

  test('--worker is refused from the command line', async () => {
    const gateway = spawnGateway(serving('http://127.0.0.1:1'), '--worker');
    assert.equal(await gateway.ended(), 2);
    assert.match(gateway.stderr(), /--worker is not an option/);
  });
});

test('the number of workers is 1 by default, and that of the cores for auto', () => {
  const { parse, default: fallback } = settings.workers;
  assert.equal(fallback, 1);
  assert.equal(parse('3'), 3);
  assert.ok(Number(parse('auto')) >= 1);
  for (const wrong of ['0', '-1', 'many', '2.5', '']) assert.equal(parse(wrong), undefined, wrong);
});
