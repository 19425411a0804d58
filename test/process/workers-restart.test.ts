import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { makeCertificates } from '../promises/certificates.ts';
import { markOf } from '../promises/chaos-call.ts';
import { underLoad, type Ended } from '../promises/load.ts';
import { call } from '../support/http.ts';
import { rebuildRequest } from '../support/rebuild-call.ts';
import { until } from '../support/in-time.ts';
import { gone, withWorkers } from './workers.ts';

describe('SIGUSR2', () => {
  // Holds: rolling-restart.ts.
  test('replaces all workers under load, one by one, without losing a request', (context) =>
    withWorkers([5, 80], { GATEWAY_SHUTDOWN_NOTICE_MS: '300' }, async ({ gateway, cloud, url, workers, metric }) => {
      const former = [...workers().values()];
      const ended: Ended[] = [];
      await underLoad(url, 24, ['xml', 'json', 'forwarded'], async (load) => {
        await until(() => load.ended.length > 100, 'there is no load');
        gateway.child.kill('SIGUSR2');
        await gateway.logged('workers restarted');
        const restarted = load.ended.length;
        await until(() => load.ended.length > restarted + 100, 'it serves no more');
        await load.stop();
        ended.push(...load.ended);
      });
      const lost = ended.filter(({ kind, status }) => kind !== 'answered' || status !== 202);
      context.diagnostic(`${ended.length} requests, ${lost.length} lost`);
      assert.deepEqual(lost, []);
      for (const { number } of ended) assert.equal(cloud.seen.get(markOf(number)), 1);
      assert.equal(workers().size, 4);
      for (const pid of former) await gone(pid);
      // Each new worker serves before its predecessor drains. Lines are sorted, since several processes write them in batches.
      const steps = gateway
        .lines()
        .toSorted((a, b) => String(a['timestamp']).localeCompare(String(b['timestamp'])))
        .flatMap(({ message, worker }) =>
          ['worker serves', 'draining'].includes(String(message)) ? [`${String(message)} ${String(worker)}`] : [],
        );
      assert.deepEqual(steps.slice(2), ['worker serves 3', 'draining 1', 'worker serves 4', 'draining 2']);
      // The ended workers sent their metrics before they exited.
      await until(async () => (await metric('gateway_exchanges_total')) === ended.length, 'counts were lost');
      assert.equal(await metric('gateway_workers_lost_total'), 0);
      assert.equal(gateway.stderr(), '');
    }));

  test('with a configuration that has become invalid keeps the old workers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-workers-'));
    const file = join(folder, 'gateway.json');
    writeFileSync(file, '{}');
    try {
      await withWorkers([0, 0], { GATEWAY_CONFIG: file }, async ({ gateway, url, workers, metric }) => {
        writeFileSync(file, '{"handling": "rude"}');
        gateway.child.kill('SIGUSR2');
        await gateway.logged('restart of the workers given up');
        const refusal = gateway.lines().find(({ message }) => message === 'configuration not read again');
        assert.match(String(refusal?.['mistakes']), /handling is "rude"/);
        assert.equal(workers().size, 2);
        assert.equal(await metric('gateway_workers'), 2);
        assert.equal((await call(url, rebuildRequest('xml'))).status, 202);
        writeFileSync(file, '{"handling": "strict"}');
        gateway.child.kill('SIGUSR2');
        await gateway.logged('workers restarted');
        const dropping = rebuildRequest('json', '{"rebuild": {"imageRef": "x", "preserve_ephemeral": true}}');
        assert.equal((await call(url, dropping)).status, 400, 'the new configuration holds');
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

// Holds: the message 'reload'.
test('SIGHUP makes all workers read the certificate again', async () => {
  const certificates = makeCertificates();
  try {
    const { certFile, keyFile } = certificates.issue(certificates.authority('root'), 'gateway');
    const files = { GATEWAY_TLS_CERT_FILE: certFile, GATEWAY_TLS_KEY_FILE: keyFile };
    await withWorkers([0, 0], files, async ({ gateway }) => {
      gateway.child.kill('SIGHUP');
      await gateway.logged('certificate read again', 2);
      const lines = gateway.lines().filter(({ message }) => message === 'certificate read again');
      assert.deepEqual(new Set(lines.map(({ worker }) => worker)), new Set([1, 2]));
    });
  } finally {
    certificates.remove();
  }
});
