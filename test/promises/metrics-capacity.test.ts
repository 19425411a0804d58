import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { describe, test } from 'node:test';
import { describedCapacities } from '../../src/observe/capacities.ts';
import { faultReasons } from '../../src/fault-reasons.ts';
import { call, type TestRequest } from '../support/http.ts';
import { startTestGateway } from '../support/gateway.ts';
import { until } from '../support/in-time.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { rebuildRequest } from '../support/rebuild-call.ts';
import { makeCertificates } from './certificates.ts';
import { withMetered } from './metered-gateway.ts';
import { readPrometheus } from './prometheus-text.ts';

/* The guards: src/observe/metrics.ts, src/observe/capacities.ts and src/server/app/capacities-of.ts. */

const rebuild = rebuildRequest('xml');
const metricsRequest: TestRequest = { method: 'GET', path: '/metrics' };
const hasPromtool = spawnSync('promtool', ['--version']).error === undefined;

test('promtool has no complaint (skipped where it is not installed)', { skip: !hasPromtool }, () =>
  withMetered(async ({ play, text }) => {
    await play(rebuild);
    await play(rebuild, 'refusal');
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input: await text(),
      encoding: 'utf8',
    });
    assert.deepEqual([status, stdout, stderr], [0, '', '']);
  }),
);

describe('a gateway that has served nobody', () => {
  test('has a series of each reason and limit, so that the first fault is an increase', () =>
    withMetered(async ({ metrics }) => {
      const all = await metrics();
      const faults = all.get('gateway_faults_total')?.samples ?? [];
      assert.deepEqual(new Set(faults.map(({ labels }) => labels['reason'])), new Set(Object.keys(faultReasons)));
      const limits = all.get('gateway_limits_hit_total')?.samples ?? [];
      assert.ok(limits.some(({ labels }) => labels['limit'] === 'connections.max'));
      assert.ok(limits.length > 8);
      for (const { value } of [...faults, ...limits]) assert.equal(value, 0);
    }));

  test('has each capacity, and its limit beside it', () =>
    withMetered(
      async ({ metrics }) => {
        const all = await metrics();
        for (const [name, { limitedBy }] of describedCapacities()) {
          assert.equal(all.get(name)?.samples.length, 1, name);
          const limit = all.get(`${name}_limit`)?.samples[0]?.value;
          if (limitedBy === undefined) assert.equal(limit, undefined);
          else assert.ok(Number(limit) > 0, name);
        }
        assert.equal(all.get('gateway_turns_limit')?.samples[0]?.value, 5);
        assert.equal(all.get('gateway_waiting_limit')?.samples[0]?.value, 7);
      },
      { GATEWAY_EXCHANGES_MAX: '5', GATEWAY_EXCHANGES_MAX_WAITING: '7' },
    ));
});

test('the use of capacities grows with requests, and is given back', () =>
  withMetered(
    async ({ play, adminUrl, cloud }) => {
      const value = async (name: string): Promise<number> => {
        const { body } = await call(adminUrl, metricsRequest);
        return readPrometheus(body).get(name)?.samples[0]?.value ?? Number.NaN;
      };
      const running = [play(rebuild, 'silence'), play(rebuild, 'silence'), play(rebuild, 'silence')];
      await until(async () => (await value('gateway_turns')) === 1, 'no turn is taken');
      await until(async () => (await value('gateway_waiting')) === 2, 'nobody waits');
      assert.equal(await value('gateway_connections'), 3);
      assert.ok((await value('gateway_request_body_bytes')) > 0);
      assert.equal(await value('gateway_cloud_connections'), 1);
      cloud.hangUp();
      await Promise.all(running);
      for (const name of ['gateway_turns', 'gateway_waiting', 'gateway_request_body_bytes', 'gateway_answer_bytes'])
        await until(async () => (await value(name)) === 0, `${name} is not given back`);
    },
    { GATEWAY_EXCHANGES_MAX: '1' },
  ));

// Guard: expiryOf in src/config/tls-files.ts, and watchTlsFiles in src/server/ports/watched-files.ts.
test('certificates show when they expire, as do those that are read again, and whether reading them failed', async () => {
  const certificates = makeCertificates();
  const authority = certificates.authority('a');
  const [first, second] = [
    certificates.issue(authority, 'g', { days: 2 }),
    certificates.issue(authority, 'g', { days: 9 }),
  ];
  const expiryOf = ({ certFile }: typeof first): number =>
    Date.parse(new X509Certificate(readFileSync(certFile)).validTo) / 1000;
  const [soon, late] = [expiryOf(first), expiryOf(second)];
  // The log has an error when the file is broken.
  const gateway = await startTestGateway(refusingUrl, {
    GATEWAY_TLS_CERT_FILE: first.certFile,
    GATEWAY_TLS_KEY_FILE: first.keyFile,
    GATEWAY_UPSTREAM_TLS_CERT_FILE: second.certFile,
    GATEWAY_UPSTREAM_TLS_KEY_FILE: second.keyFile,
  });
  const value = async (name: string, certificate?: string): Promise<number | undefined> => {
    const { body } = await call(gateway.adminUrl, metricsRequest);
    const samples = readPrometheus(body).get(name)?.samples ?? [];
    return samples.find(({ labels }) => labels['certificate'] === certificate)?.value;
  };
  const expiry = 'gateway_certificate_expiry_timestamp_seconds';
  try {
    assert.deepEqual([await value(expiry, 'callers'), await value(expiry, 'cloud')], [soon, late]);
    assert.equal(await value('gateway_last_reload_successful'), 1);
    const start = (await value('gateway_last_reload_timestamp_seconds')) ?? 0;
    copyFileSync(second.certFile, first.certFile);
    copyFileSync(second.keyFile, first.keyFile);
    gateway.reload();
    assert.equal(await value(expiry, 'callers'), late);
    assert.ok(((await value('gateway_last_reload_timestamp_seconds')) ?? 0) > start);
    writeFileSync(first.certFile, 'broken');
    gateway.reload();
    assert.deepEqual([await value(expiry, 'callers'), await value('gateway_last_reload_successful')], [late, 0]);
    const { certFile, keyFile } = certificates.issue(authority, 'g', { days: 20 });
    copyFileSync(certFile, second.certFile);
    copyFileSync(keyFile, second.keyFile);
    // A reload is refused as a whole; a change of the files alone is noticed for each side.
    assert.equal(gateway.reload(), false);
    await until(async () => (await value(expiry, 'cloud')) === expiryOf(second), 'the renewed certificate is not used');
    assert.equal(await value('gateway_last_reload_successful'), 0, 'the files for callers are still broken');
  } finally {
    await gateway.stop();
    certificates.remove();
  }
});
