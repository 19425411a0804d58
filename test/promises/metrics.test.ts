import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { actionPath, imageId, plainRebuild, rebuildRequest, serverId } from '../support/rebuild-call.ts';
import { call, type TestRequest } from '../support/http.ts';
import { until } from '../support/in-time.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { serving, spawnGateway } from '../process/gateway-process.ts';
import { withMetered } from './metered-gateway.ts';
import { readPrometheus } from './prometheus-text.ts';
import type { Trouble } from './soak/soak-cloud.ts';

/* The guards: src/observe/metrics.ts, where access-log.ts counts, and src/server/admin/pages.ts, where it is shown. */

const forwarded: TestRequest = { method: 'GET', path: '/v2.1/os-gadgets', headers: {} };
const rebuild = rebuildRequest('xml');

describe('the metrics', () => {
  // Guard: the content type and the text come from the library, on the admin port alone.
  test('are valid Prometheus text on the admin port, and on no other', () =>
    withMetered(async ({ adminUrl, cloud, play }) => {
      await play(rebuild);
      const answer = await call(adminUrl, { method: 'GET', path: '/metrics?x=1' });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
      assert.equal(answer.headers['cache-control'], 'no-store');
      assert.ok(readPrometheus(answer.body).size > 20);
      // On the port for callers /metrics is forwarded like any other path.
      const other = await play({ method: 'GET', path: '/metrics' });
      assert.doesNotMatch(other.body, /gateway_exchanges_total/);
      assert.ok(cloud.url !== adminUrl);
    }));

  test('count exchanges by operation, version, media types and status', () =>
    withMetered(async ({ play, counted }) => {
      await play(rebuild);
      await play(rebuild);
      await play({ ...rebuild, headers: { ...rebuild.headers, Accept: 'application/json' } }, 'refusal');
      await play({ ...rebuildRequest('json'), path: actionPath.replace('v1.1', 'v2') });
      await play({ method: 'GET', path: '/v2/p/servers/detail.xml' });
      await play(forwarded);
      const xml = { operation: 'rebuild', version: 'v1.1', media_in: 'application/xml' };
      const name = 'gateway_exchanges_total';
      assert.equal(await counted(name, { ...xml, media_out: 'application/xml', status: '202' }), 2);
      assert.equal(await counted(name, { ...xml, media_out: 'application/json', status: '409' }), 1);
      assert.equal(await counted(name, { operation: 'rebuild', version: 'v2', media_in: 'application/json' }), 1);
      assert.equal(
        await counted(name, { operation: 'listServersDetail', media_in: 'none', media_out: 'application/xml' }),
        1,
      );
      assert.equal(await counted(name, { operation: 'forwarded', version: 'v2.1', status: '200' }), 1);
      assert.equal(await counted(name, {}), 6);
    }));

  test('have the duration of exchanges, and that of the cloud', () =>
    withMetered(async ({ play, counted }) => {
      await play(rebuild, 'slowness');
      await play(forwarded, 'slowness');
      await play(rebuildRequest('xml', '<rebuild'));
      for (const operation of ['rebuild', 'forwarded']) {
        const whole = await counted('gateway_exchange_duration_seconds_sum', { operation });
        const cloud = await counted('gateway_cloud_duration_seconds_sum', { operation });
        assert.ok(cloud >= 0.14 && cloud < 60, `${operation}: ${cloud} s`);
        assert.ok(whole >= cloud, `${operation}: ${whole}`);
      }
      // The refused request never reached the cloud.
      assert.equal(await counted('gateway_cloud_duration_seconds_count', {}), 2);
      assert.equal(await counted('gateway_exchange_duration_seconds_count', {}), 3);
    }));

  // Guard: members.has(name) in src/observe/metrics.ts.
  test('count notes by operation, member and outcome, and undescribed members as other', () =>
    withMetered(async ({ play, counted }) => {
      const content = {
        imageRef: imageId,
        accessIPv4: '1.2.3.4',
        personality: [{ path: '/a', contents: 'aGVsbG8=' }],
        'my own id 4711': 1,
        another: 2,
      };
      await play(rebuildRequest('json', JSON.stringify({ rebuild: content })));
      const name = 'gateway_notes_total';
      assert.equal(await counted(name, { operation: 'rebuild', member: 'accessIPv4', outcome: 'dropped' }), 1);
      assert.equal(await counted(name, { operation: 'rebuild', member: 'personality', outcome: 'mapped' }), 1);
      assert.equal(await counted(name, { operation: 'rebuild', member: 'user_data', outcome: 'replaced' }), 1);
      assert.equal(await counted(name, { operation: 'rebuild', member: 'other', outcome: 'dropped' }), 2);
      assert.equal(await counted(name, {}), 5);
    }));

  test('show the exchanges in flight', () =>
    withMetered(async ({ play, counted, adminUrl, cloud }) => {
      assert.equal(await counted('gateway_in_flight', {}), 0);
      const running = [play(rebuild, 'silence'), play(forwarded, 'silence')];
      await until(async () => {
        const { body } = await call(adminUrl, { method: 'GET', path: '/metrics' });
        return Number(/^gateway_in_flight (\d+)$/m.exec(body)?.[1]) === 2;
      }, 'two exchanges are not counted');
      cloud.hangUp();
      await Promise.all(running);
      assert.equal(await counted('gateway_in_flight', {}), 0);
    }));

  test("tell the event loop's delay, the memory and the descriptors", () =>
    withMetered(async ({ metrics }) => {
      const all = await metrics();
      for (const name of [
        'nodejs_eventloop_lag_p99_seconds',
        'process_resident_memory_bytes',
        'nodejs_heap_size_used_bytes',
        'process_open_fds',
        'process_cpu_seconds_total',
      ]) {
        assert.ok((all.get(name)?.samples[0]?.value ?? 0) > 0, name);
      }
    }));

  test('have the versions of the gateway and of node, and the kind of cloud', async () => {
    const gateway = spawnGateway(serving('http://127.0.0.1:1', { GATEWAY_UPSTREAM_PROFILE: 'nova' }));
    try {
      const { adminUrl } = await gateway.ready();
      const { body } = await call(adminUrl, { method: 'GET', path: '/metrics' });
      const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
      const { version } = JSON.parse(file) as { version: string };
      const labels = { version, node: process.version, profile: 'nova' };
      assert.deepEqual(readPrometheus(body).get('gateway_build_info')?.samples, [
        { name: 'gateway_build_info', labels, value: 1 },
      ]);
    } finally {
      gateway.kill();
      await gateway.ended();
    }
  });
});

describe('the metrics count what goes wrong', { concurrency: true }, () => {
  const kinds: readonly (readonly [Trouble, string, string])[] = [
    ['refusal', 'cloud-refusal', 'caller'],
    ['failure', 'cloud-error', 'cloud'],
    ['reset', 'cloud-gone', 'cloud'],
    ['silence', 'cloud-timeout', 'cloud'],
  ];
  for (const [trouble, reason, family] of kinds) {
    for (const [road, request] of Object.entries({ translated: rebuild, forwarded })) {
      // Guard: trace.fault, which send.ts sets for what is thrown, and forward/answer.ts for a fault that passes as it is.
      test(`${trouble} of the cloud as ${reason} of the family ${family}, ${road}`, () =>
        withMetered(async ({ play, counted }) => {
          await play(request, trouble);
          assert.equal(await counted('gateway_faults_total', { reason, family }), 1);
          assert.equal(await counted('gateway_faults_total', {}), 1);
        }));
    }
  }

  test('an answer that breaks off, one that is nonsense, and one that is too large', () =>
    withMetered(
      async ({ play, counted }) => {
        await play(rebuild, 'cut-off');
        // Forwarded, its caller sees it break off, too.
        await assert.rejects(play(forwarded, 'cut-off'));
        await play(rebuild, 'nonsense');
        await play({ method: 'GET', path: '/v2/p/servers/detail.xml' });
        const of = (reason: string): Promise<number> => counted('gateway_faults_total', { reason });
        assert.equal(await of('cloud-broke-off'), 2);
        assert.equal(await of('cloud-nonsense'), 1);
        assert.equal(await of('cloud-too-large'), 1);
        assert.equal(await of('caller-gone'), 0);
      },
      { GATEWAY_UPSTREAM_ANSWER_MAX_BYTES: '2048' },
    ));

  test('a cloud that is not there', () =>
    withMetered(
      async ({ play, counted }) => {
        await play(rebuild);
        await play(forwarded);
        assert.equal(await counted('gateway_faults_total', { reason: 'cloud-unreachable' }), 2);
        assert.equal(await counted('gateway_faults_total', { reason: 'caller-gone' }), 0);
      },
      { GATEWAY_UPSTREAM_URL: refusingUrl },
    ));

  // Guard: limitOf in src/observe/fault-families.ts, which src/observe/metrics.ts calls.
  test('the limits that requests ran into', () =>
    withMetered(
      async ({ play, counted }) => {
        const limits = (limit: string): Promise<number> => counted('gateway_limits_hit_total', { limit });
        await play(rebuildRequest('xml', plainRebuild.xml + ' '.repeat(5000)));
        const metadata = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`key ${index}`, 'v']));
        await play(rebuildRequest('json', JSON.stringify({ rebuild: { imageRef: imageId, metadata } })));
        const busy = await Promise.all([play(rebuild, 'silence'), play(rebuild, 'silence'), play(rebuild, 'silence')]);
        assert.deepEqual(
          busy.map(({ status }) => status).toSorted((a, b) => a - b),
          [503, 503, 504],
        );
        assert.equal(await limits('body-too-large'), 1);
        assert.equal(await limits('metadata.maxItems'), 1);
        assert.equal(await limits('gateway-busy'), 2);
      },
      {
        GATEWAY_REQUEST_MAX_BYTES: '4096',
        GATEWAY_METADATA_MAX_ITEMS: '4',
        GATEWAY_EXCHANGES_MAX: '1',
        GATEWAY_EXCHANGES_MAX_WAITING: '1',
        GATEWAY_EXCHANGES_WAIT_MS: '100',
      },
    ));

  // Guard: the listener of 'drop' in src/server/gateway.ts.
  test('connections that are closed because there are too many', () =>
    withMetered(
      async ({ url, counted }) => {
        const { hostname, port } = new URL(url);
        const sockets = Array.from({ length: 3 }, () => connect(Number(port), hostname).on('error', () => undefined));
        await Promise.race(sockets.map((socket) => new Promise((resolve) => socket.resume().once('close', resolve))));
        const limits = (): Promise<number> => counted('gateway_limits_hit_total', { limit: 'connections.max' });
        await until(async () => (await limits()) >= 2, 'two connections are not counted');
        assert.equal(await limits(), 2);
        for (const socket of sockets) socket.destroy();
      },
      { GATEWAY_CONNECTIONS_MAX: '1' },
    ));

  // Guard: trace.operation before the body is read; what is refused is not forwarded.
  test('what is refused before it is understood is not counted as forwarded', () =>
    withMetered(async ({ play, counted }) => {
      await play(rebuildRequest('xml', '<rebuild'));
      await play({
        method: 'PUT',
        path: `/v2/p/servers/${serverId}`,
        headers: { 'Content-Type': 'text/plain' },
        body: 'x',
      });
      assert.equal(await counted('gateway_exchanges_total', { operation: 'forwarded' }), 0);
      assert.equal(await counted('gateway_exchanges_total', { operation: 'none', status: '400' }), 1);
      assert.equal(await counted('gateway_exchanges_total', { operation: 'none', status: '415' }), 1);
    }));
});
