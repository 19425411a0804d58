// Holds src/observe/cloud-gauges.ts and src/http/cloud/contact.ts, which both roads call: gateway_upstream_up tells whether the
// cloud answered the last exchange, and nothing that callers, limits or a shutdown do makes it 0.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';
import type { ShownCloud } from '../../src/observe/cloud-gauges.ts';
import { createMetrics, type Metrics } from '../../src/observe/metrics.ts';
import { createPrimaryMetrics, sumSnapshots } from '../../src/observe/primary-metrics.ts';
import type { MetricsSnapshot } from '../../src/observe/prometheus.ts';
import { createCallers } from '../../src/server/callers.ts';
import { serving, spawnGateway } from '../process/gateway-process.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { call, type TestRequest } from '../support/http.ts';
import { until } from '../support/in-time.ts';
import { answering, httpAnswer, refusingUrl, startFullCloud, startRawCloud } from '../support/raw-cloud.ts';
import { rebuildRequest } from '../support/rebuild-call.ts';
import { startRecordingProxy } from '../support/recording-proxy.ts';
import { testSettings } from '../support/settings.ts';
import { makeCertificates, startTlsCloud } from './certificates.ts';
import { withMetered } from './metered-gateway.ts';
import { readPrometheus } from './prometheus-text.ts';
import type { Trouble } from './soak/soak-cloud.ts';

const up = 'gateway_upstream_up';
const exchangedAt = 'gateway_upstream_last_exchange_timestamp_seconds';

/** A request of each road: translated, forwarded by undici, and forwarded by http-proxy-middleware. */
const roads: Readonly<Record<string, TestRequest>> = {
  translated: rebuildRequest('xml'),
  'sent whole': { method: 'GET', path: '/v2.1/os-gadgets' },
  streamed: { method: 'DELETE', path: '/v2.1/os-gadgets/1' },
};

const quiet = (): undefined => undefined;
const silentLog = { info: quiet, warn: quiet, error: quiet, writeLine: quiet, close: () => Promise.resolve() };

/** Read the only sample of a metric. */
function sampleOf(text: string, name: string): number {
  const samples = readPrometheus(text).get(name)?.samples ?? [];
  assert.equal(samples.length, 1, name);
  return samples[0]?.value ?? assert.fail(name);
}

async function shownBy({ adminUrl }: Pick<TestGateway, 'adminUrl'>, name = up): Promise<number> {
  return sampleOf((await call(adminUrl, { method: 'GET', path: '/metrics' })).body, name);
}

describe('gateway_upstream_up', () => {
  const hasPromtool = spawnSync('promtool', ['--version']).error === undefined;

  test('is there and NaN before the first exchange, and what the gateway answers itself is none', () =>
    withMetered(async ({ play, text }) => {
      assert.ok(Number.isNaN(sampleOf(await text(), up)));
      assert.ok(Number.isNaN(sampleOf(await text(), exchangedAt)));
      assert.equal((await play(rebuildRequest('xml', '<rebuild'))).status, 400);
      assert.ok(Number.isNaN(sampleOf(await text(), up)));
    }));

  test('is no complaint of promtool before the first exchange', { skip: !hasPromtool }, () =>
    withMetered(async ({ text }) => {
      const input = await text();
      const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
      assert.deepEqual([status, stdout, stderr], [0, '', '']);
    }),
  );

  for (const [road, request] of Object.entries(roads)) {
    // From one state to the other and back, so that each value is that of its own exchange.
    const steps: readonly (readonly [Trouble, 0 | 1])[] = [
      ['reset', 0],
      ['none', 1],
      ['silence', 0],
      ['failure', 1],
      ['reset', 0],
      ['refusal', 1],
    ];
    test(`is 1 after an answer of any status, and 0 without one: ${road}`, () =>
      withMetered(
        async ({ play, text }) => {
          for (const [trouble, expected] of steps) {
            const from = Date.now() / 1000;
            await play(request, trouble);
            const shown = await text();
            assert.equal(sampleOf(shown, up), expected, trouble);
            const at = sampleOf(shown, exchangedAt);
            assert.ok(at >= from - 0.001 && at <= Date.now() / 1000, `${at} is the time of the exchange`);
          }
        },
        { GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: '300' },
      ));

    test(`is 0 where no connection can be opened: ${road}`, () =>
      withMetered(
        async ({ play, text }) => {
          assert.equal((await play(request)).status, 503);
          assert.equal(sampleOf(await text(), up), 0);
        },
        { GATEWAY_UPSTREAM_URL: refusingUrl },
      ));

    test(`is 0 after an answer that is no HTTP, and 1 after one whose body breaks off: ${road}`, async () => {
      const cut = httpAnswer(200, '{"server":', { 'Content-Length': '900' });
      const cloud = await startRawCloud(answering('SSH-2.0-OpenSSH_9.2\r\n'), answering(cut));
      const gateway = await startTestGateway(cloud.url);
      try {
        await call(gateway.url, request);
        assert.equal(await shownBy(gateway), 0);
        // Forwarded, the caller sees the body break off.
        await call(gateway.url, request).catch(() => undefined);
        assert.equal(await shownBy(gateway), 1);
      } finally {
        await gateway.stop();
        await cloud.stop();
      }
    });
  }

  test('is 0 where connecting takes too long', async (t) => {
    const cloud = await startFullCloud();
    if (cloud === undefined) return t.skip('this system accepts more connections than the queue holds');
    const gateway = await startTestGateway(cloud.url, { GATEWAY_UPSTREAM_CONNECT_TIMEOUT_MS: '100' });
    try {
      assert.equal((await call(gateway.url, rebuildRequest('xml'))).status, 503);
      assert.equal(await shownBy(gateway), 0);
    } finally {
      await gateway.stop();
      await cloud.stop();
    }
  });
});

describe('gateway_upstream_up through a proxy', () => {
  const certificates = makeCertificates();
  after(() => certificates.remove());
  const authority = certificates.authority('authority');
  const { certFile, keyFile } = certificates.issue(authority, 'cloud', { names: 'DNS:cloud.invalid' });
  for (const [road, request] of Object.entries(roads)) {
    for (const [status, expected] of [
      [502, 0],
      [407, 0],
      [undefined, 1],
    ] as const) {
      test(`is ${expected} where it ${status === undefined ? 'opens the tunnel' : `answers CONNECT with ${status}`}: ${road}`, async () => {
        const cloud = await startTlsCloud({ cert: readFileSync(certFile), key: readFileSync(keyFile) });
        const proxy = await startRecordingProxy(cloud.url, status);
        const gateway = await startTestGateway('https://cloud.invalid', {
          GATEWAY_UPSTREAM_PROXY: proxy.url,
          GATEWAY_UPSTREAM_TLS_CA_FILE: authority.certFile,
        });
        try {
          await call(gateway.url, request);
          assert.equal(await shownBy(gateway), expected);
        } finally {
          await gateway.stop();
          await proxy.stop();
          await cloud.stop();
        }
      });
    }
  }
});

describe('gateway_upstream_up keeps its value', () => {
  for (const [road, request] of Object.entries(roads)) {
    test(`when a caller hangs up before the cloud has answered: ${road}`, () =>
      withMetered(
        async ({ play, text, url, adminUrl }) => {
          await play(request);
          const hanging = new AbortController();
          const { method, path, headers, body } = request;
          const sent = fetch(new URL(path, url), {
            method: method ?? 'POST',
            headers: { ...headers, 'x-soak-trouble': 'silence' },
            ...(body !== undefined && { body: String(body) }),
            signal: hanging.signal,
          }).catch(() => undefined);
          await until(async () => (await shownBy({ adminUrl }, 'gateway_in_flight')) === 1, 'not sent');
          hanging.abort();
          await sent;
          await until(async () => (await shownBy({ adminUrl }, 'gateway_in_flight')) === 0, 'the exchange goes on');
          assert.equal(sampleOf(await text(), up), 1);
        },
        { GATEWAY_CONNECTIONS_HALF_CLOSE_MS: '0', GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: '60000' },
      ));

    test(`when the deadline of the exchange is shorter than the time that the cloud has: ${road}`, () =>
      withMetered(
        async ({ play, text }) => {
          await play(request);
          assert.equal((await play(request, 'silence')).status, 504);
          const shown = await text();
          assert.match(shown, /gateway_faults_total\{reason="exchange-timeout",family="limit"\} 1/);
          assert.equal(sampleOf(shown, up), 1);
        },
        { GATEWAY_EXCHANGES_TIMEOUT_MS: '300', GATEWAY_UPSTREAM_ANSWER_TIMEOUT_MS: '60000' },
      ));

    test(`when a shutdown ends the exchange: ${road}`, async () => {
      const cloud = await startRawCloud([...answering(httpAnswer(200, '{}'))], [{ kind: 'read' }, { kind: 'silent' }]);
      const config = loadConfig({
        ...testSettings,
        GATEWAY_PORT: '0',
        GATEWAY_UPSTREAM_URL: cloud.url,
        GATEWAY_UPSTREAM_LEGACY_PATH: 'v2',
        GATEWAY_SHUTDOWN_NOTICE_MS: '0',
        GATEWAY_SHUTDOWN_TIMEOUT_MS: '100',
      });
      const callers = createCallers(config, silentLog, 'test');
      try {
        const url = await callers.listen();
        await call(url, request);
        const sent = call(url, request).catch(() => undefined);
        await cloud.until(() => cloud.requests().length === 2);
        assert.equal(await callers.drain(), false, 'it was in time');
        await sent;
        await sent;
        const shown = await callers.metrics.text();
        assert.match(shown, /gateway_faults_total\{reason="caller-gone",family="caller"\} 1/);
        assert.equal(sampleOf(shown, up), 1);
      } finally {
        await cloud.stop();
      }
    });
  }

  for (const [what, rest] of [
    ['breaks off', undefined],
    ['is no valid HTTP', 'no chunk\r\n'],
  ] as const) {
    test(`when the body of a streamed request ${what}`, () =>
      withMetered(async ({ play, text, url }) => {
        await play({ method: 'GET', path: '/v2.1/os-gadgets' });
        const { hostname, port } = new URL(url);
        const head = 'POST /v2.1/os-gadgets HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n';
        const socket = connect(Number(port), hostname, () => socket.write(head)).on('error', () => undefined);
        await until(async () => /gateway_in_flight 1/.test(await text()), 'not received');
        // Longer than the wait for a short body, so that it is streamed by now.
        await new Promise((resolve) => setTimeout(resolve, 100));
        if (rest === undefined) socket.destroy();
        else socket.write(rest);
        await until(async () => /gateway_in_flight 0/.test(await text()), 'the exchange goes on');
        assert.equal(sampleOf(await text(), up), 1);
        socket.destroy();
      }));
  }
});

/** The metrics of a worker, and its view of the cloud. */
type Worker = Pick<Metrics, 'snapshot'> & ShownCloud;

function createWorkerMetrics(): Metrics {
  return createMetrics({ version: '', profile: '', members: new Set(), needs: [], inFlight: () => 0 });
}

function startWorker(): Worker {
  const metrics = createWorkerMetrics();
  const shown = metrics.showClouds(['']).get('');
  assert.ok(shown);
  return { snapshot: metrics.snapshot, ...shown };
}

/** Read a snapshot as the primary receives it: a message between processes has null for NaN. */
async function sent(metrics: Pick<Metrics, 'snapshot'>): Promise<MetricsSnapshot> {
  return JSON.parse(JSON.stringify(await metrics.snapshot())) as MetricsSnapshot;
}

async function summed(...workers: readonly Worker[]): Promise<string> {
  const snapshots = await Promise.all([createPrimaryMetrics(() => 2), ...workers].map(sent));
  return sumSnapshots(snapshots).text();
}

async function startPlain(port = 0): Promise<Server> {
  const server = createServer((request, response) => void request.resume().once('end', () => response.end('{}')));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

function stopPlain(server: Server): Promise<unknown> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  return closed;
}

describe('gateway_upstream_up of several workers', () => {
  test('is that of the latest exchange, whichever worker had it', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
    const [one, two] = [startWorker(), startWorker()];
    assert.ok(Number.isNaN(sampleOf(await summed(one, two), up)), 'NaN before the first exchange');
    assert.ok(Number.isNaN(sampleOf(await summed(one, two), exchangedAt)));
    for (const [serving, isUp, atMs] of [
      [one, false, 2_000_000],
      [two, true, 3_000_000],
      [one, false, 4_000_000],
      [one, true, 5_000_000],
      [two, false, 6_000_000],
    ] as const) {
      t.mock.timers.setTime(atMs);
      serving.setUp(isUp);
      for (const workers of [
        [one, two],
        [two, one],
      ]) {
        assert.equal(sampleOf(await summed(...workers), up), Number(isUp));
        assert.equal(sampleOf(await summed(...workers), exchangedAt), atMs / 1000);
      }
    }
  });

  test('is that of the latest exchange of each region', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
    const regions = ['', 'West', 'East'];
    const [one, two] = [createWorkerMetrics(), createWorkerMetrics()];
    const shown = [one, two].map((metrics) => metrics.showClouds(regions));
    const see = (worker: number, region: string, isUp: boolean): void => {
      shown[worker]?.get(region)?.setUp(isUp);
      t.mock.timers.tick(1000);
    };
    see(0, '', true);
    see(1, 'West', true);
    see(1, '', false);
    see(0, 'West', false);
    const snapshots = await Promise.all([createPrimaryMetrics(() => 2), one, two].map(sent));
    const text = await sumSnapshots(snapshots).text();
    const lines = text.split('\n').filter((line) => line.startsWith('gateway_upstream_'));
    assert.deepEqual(
      lines
        .filter((line) => !line.includes('profile_fits'))
        .map((line) => line.toLowerCase())
        .toSorted(),
      [
        'gateway_upstream_last_exchange_timestamp_seconds 1800000002',
        'gateway_upstream_last_exchange_timestamp_seconds{region="east"} nan',
        'gateway_upstream_last_exchange_timestamp_seconds{region="west"} 1800000003',
        'gateway_upstream_up 0',
        'gateway_upstream_up{region="east"} nan',
        'gateway_upstream_up{region="west"} 0',
      ],
    );
  });

  test('and gateway_upstream_profile_fits is the least that is known', async () => {
    const [one, two] = [startWorker(), startWorker()];
    const name = 'gateway_upstream_profile_fits';
    assert.ok(Number.isNaN(sampleOf(await summed(one, two), name)));
    one.setProfileFits(true);
    assert.equal(sampleOf(await summed(one, two), name), 1);
    two.setProfileFits(false);
    assert.equal(sampleOf(await summed(one, two), name), 0);
  });

  test('follows a cloud that goes and comes back, though each exchange is that of another worker', async () => {
    let cloud = await startPlain();
    // A server that listens on a port has such an address.
    const { port } = cloud.address() as AddressInfo;
    const gateway = spawnGateway(serving(`http://127.0.0.1:${port}`, { GATEWAY_WORKERS: '2' }));
    try {
      const { url, adminUrl } = await gateway.ready();
      const ask = async (): Promise<number> => {
        const path = '/v2.1/os-gadgets';
        return (await call(url, { method: 'POST', path, headers: { 'Content-Length': '0' } })).status;
      };
      const shows = (value: number): Promise<void> =>
        until(async () => (await shownBy({ adminUrl })) === value, `does not become ${value}`);
      assert.ok(Number.isNaN(await shownBy({ adminUrl })));
      // A worker serves each second connection.
      for (let n = 0; n < 4; n += 1) assert.equal(await ask(), 200);
      await shows(1);
      await stopPlain(cloud);
      assert.notEqual(await ask(), 200);
      await shows(0);
      cloud = await startPlain(port);
      assert.equal(await ask(), 200);
      await shows(1);
      const exchanges = gateway.lines().filter(({ message }) => message === 'exchange');
      assert.deepEqual(new Set(exchanges.map((line) => line['worker'])), new Set([1, 2]));
    } finally {
      gateway.child.kill('SIGTERM');
      await gateway.ended();
      await stopPlain(cloud);
    }
  });
});
