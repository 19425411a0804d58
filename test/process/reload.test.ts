// Guards: reload.ts, single.ts, `configure` in worker-handle.ts and worker.ts, rolling-restart.ts, `configure` in log.ts.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { markOf } from '../promises/chaos-call.ts';
import { underLoad } from '../promises/load.ts';
import { readPrometheus } from '../promises/prometheus-text.ts';
import { startSlowCloud, type SlowCloud } from '../promises/slow-cloud.ts';
import { call } from '../support/http.ts';
import { until } from '../support/in-time.ts';
import { imageId, rebuildRequest } from '../support/rebuild-call.ts';
import { serving, spawnGateway, type GatewayProcess } from './gateway-process.ts';

/** A gateway with a configuration file, between two clouds. */
interface Playing {
  readonly gateway: GatewayProcess;
  readonly url: string;
  readonly clouds: readonly [SlowCloud, SlowCloud];
  /** Write the configuration file, with the first cloud unless there is another. */
  readonly write: (config: object) => void;
  readonly reload: () => void;
  readonly metric: (name: string) => Promise<number>;
}

async function withFile(
  settings: Readonly<Record<string, string>>,
  play: (playing: Playing) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-reload-'));
  const file = join(folder, 'gateway.json');
  const clouds = [await startSlowCloud([0, 20]), await startSlowCloud([0, 20])] as const;
  const write = (config: object): void =>
    writeFileSync(file, JSON.stringify({ upstream: { url: clouds[0].url }, ...config }));
  write({});
  const { GATEWAY_UPSTREAM_URL: _, ...others } = serving(clouds[0].url);
  const gateway = spawnGateway({ ...others, GATEWAY_CONFIG: file, ...settings });
  try {
    const { url, adminUrl } = await gateway.ready();
    const metric = async (name: string): Promise<number> => {
      const { body } = await call(adminUrl, { method: 'GET', path: '/metrics' });
      return (readPrometheus(body).get(name)?.samples ?? []).reduce((sum, { value }) => sum + value, 0);
    };
    await play({ gateway, url, clouds, write, metric, reload: () => void gateway.child.kill('SIGHUP') });
    gateway.child.kill('SIGTERM');
    assert.equal(await gateway.ended(), 0);
    assert.equal(gateway.stderr(), '');
  } finally {
    gateway.kill();
    await gateway.ended();
    for (const cloud of clouds) await cloud.stop();
    rmSync(folder, { recursive: true });
  }
}

const dropping = rebuildRequest('json', JSON.stringify({ rebuild: { imageRef: imageId, preserve_ephemeral: true } }));
const read = 'configuration read again';
const refused = 'configuration not read again';

function linesOf(gateway: GatewayProcess, message: string): Record<string, unknown>[] {
  return gateway.lines().filter((line) => line['message'] === message);
}

/** Ask each worker, since connections are given to them in turn. */
async function asked(url: string): Promise<ReadonlySet<number>> {
  const answers = await Promise.all(Array.from({ length: 4 }, () => call(url, dropping)));
  return new Set(answers.map(({ status }) => status));
}

function mistakesOf(line: Record<string, unknown> | undefined): number | undefined {
  const mistakes = line?.['mistakes'];
  return Array.isArray(mistakes) ? mistakes.length : undefined;
}

for (const workers of ['1', '2'] as const) {
  describe(`SIGHUP to a gateway with GATEWAY_WORKERS=${workers}`, { concurrency: true }, () => {
    const settings = { GATEWAY_WORKERS: workers };

    test('uses the new configuration; a wrong one changes nothing, and is told in one line', () =>
      withFile(settings, async ({ gateway, url, write, reload, metric }) => {
        assert.deepEqual(await asked(url), new Set([202]));
        write({ handling: 'strict', port: 1 });
        reload();
        await gateway.logged(read);
        assert.deepEqual(linesOf(gateway, read)[0]?.['changed'], ['handling']);
        await until(async () => !(await asked(url)).has(202), 'the former configuration is in use');
        assert.deepEqual(await asked(url), new Set([400]));
        write({ handling: 'lenient', notes: { max: 0 }, nonsense: 1 });
        reload();
        await gateway.logged(refused);
        const [line, ...more] = linesOf(gateway, refused);
        assert.deepEqual([mistakesOf(line), more], [2, []]);
        assert.equal(await metric('gateway_last_reload_successful'), 0);
        assert.deepEqual(await asked(url), new Set([400]));
        write({ handling: 'lenient' });
        reload();
        await gateway.logged(read, 2);
        await until(async () => !(await asked(url)).has(400), 'the former configuration is in use');
        assert.equal(await metric('gateway_last_reload_successful'), 1);
      }));

    test('reads a secret in a file again, and shows none', () => {
      const folder = mkdtempSync(join(tmpdir(), 'gateway-secret-'));
      const secret = join(folder, 'proxy');
      writeFileSync(secret, 'off\n');
      return withFile({ ...settings, GATEWAY_UPSTREAM_PROXY_FILE: secret }, async ({ gateway, reload }) => {
        writeFileSync(secret, 'http://me:canary@127.0.0.1:1\n');
        reload();
        await gateway.logged(read);
        assert.deepEqual(linesOf(gateway, read)[0]?.['changed'], ['upstream.proxy']);
        assert.equal(linesOf(gateway, 'the cloud is reached through a proxy')[0]?.['proxy'], 'http://127.0.0.1:1');
        writeFileSync(secret, 'http://me:canary@127.0.0.1:1/path');
        reload();
        await gateway.logged(refused);
        assert.equal(mistakesOf(linesOf(gateway, refused)[0]), 1);
        assert.doesNotMatch(gateway.stdout(), /canary/);
      }).finally(() => rmSync(folder, { recursive: true }));
    });

    test('twice in quick succession uses what the file has last', () =>
      withFile(settings, async ({ gateway, url, write, reload }) => {
        write({ handling: 'strict' });
        reload();
        write({ handling: 'lenient', reply: { default: 'json' } });
        reload();
        await gateway.logged(read);
        const isLast = async (): Promise<boolean> =>
          (await call(url, rebuildRequest('xml'))).headers['content-type'] === 'application/json';
        await until(isLast, 'the last configuration is not in use');
        assert.deepEqual(await asked(url), new Set([202]));
      }));

    test('during the shutdown has no effect', () =>
      withFile({ ...settings, GATEWAY_SHUTDOWN_NOTICE_MS: '400' }, async ({ gateway, write, reload }) => {
        write({ handling: 'strict' });
        gateway.child.kill('SIGTERM');
        await gateway.logged('draining');
        reload();
        await gateway.logged('configuration not read again: the shutdown is in progress');
        await gateway.ended();
        assert.deepEqual(linesOf(gateway, read), []);
      }));

    test('changes what is logged', () =>
      withFile(settings, async ({ gateway, url, write, reload, metric }) => {
        await call(url, dropping);
        await gateway.logged('exchange');
        write({ log: { level: 'error' } });
        reload();
        await until(async () => {
          const { length } = linesOf(gateway, 'exchange');
          const count = await metric('gateway_exchanges_total');
          await call(url, dropping);
          await call(url, dropping);
          await until(async () => (await metric('gateway_exchanges_total')) === count + 2, 'not counted');
          return linesOf(gateway, 'exchange').length === length;
        }, 'exchanges are logged');
        assert.deepEqual(linesOf(gateway, read), [], 'the line itself is below the level');
      }));

    test('50 times under load loses nothing, sends nothing twice, and keeps nothing open', (context) =>
      withFile(settings, async ({ gateway, url, clouds, write, reload, metric }) => {
        await underLoad(url, 16, ['xml', 'json', 'forwarded'], async (load) => {
          await until(() => load.ended.length > 50, 'there is no load');
          for (let round = 1; round <= 50; round += 1) {
            write({ upstream: { url: clouds[round % 2]?.url }, notes: { max: round } });
            reload();
            await gateway.logged(read, round);
          }
          const reloaded = load.ended.length;
          await until(() => load.ended.length > reloaded + 50, 'it serves no more');
          await load.stop();
          const lost = load.ended.filter(({ kind, status }) => kind !== 'answered' || status !== 202);
          context.diagnostic(`${load.ended.length} requests, ${lost.length} lost`);
          assert.deepEqual(lost, []);
          for (const { number } of load.ended) {
            const sent = clouds.map(({ seen }) => seen.get(markOf(number)) ?? 0);
            assert.equal((sent[0] ?? 0) + (sent[1] ?? 0), 1, `request ${number}: ${sent.join()}`);
          }
          assert.ok(clouds.every(({ seen }) => seen.size > 0));
        });
        assert.equal(await metric('gateway_last_reload_successful'), 1);
        for (const name of ['gateway_in_flight', 'gateway_turns', 'gateway_waiting', 'gateway_request_body_bytes'])
          assert.equal(await metric(name), 0, name);
        // Idle connections to the cloud close after a time of their own.
        for (const name of ['gateway_cloud_connections', 'gateway_cloud_forward_connections'])
          await until(async () => (await metric(name)) === 0, `${name} are left`);
      }));
  });
}

test('a process that has reloaded 50 times has as many descriptors as before', () =>
  withFile({}, async ({ gateway, url, write, reload }) => {
    const descriptors = (): number => readdirSync(`/proc/${gateway.pid}/fd`).length;
    write({ upstream: { url: 'http://127.0.0.1:1' } });
    await call(url, dropping);
    const before = descriptors();
    for (let round = 1; round <= 50; round += 1) {
      write({ notes: { max: round } });
      reload();
      await gateway.logged(read, round);
      await call(url, dropping);
    }
    await until(() => descriptors() <= before, `it had ${before} descriptors, and has ${descriptors()}`);
  }));

test('a worker that is lost while the file is wrong is replaced by one with the configuration in use', () =>
  withFile({ GATEWAY_WORKERS: '2' }, async ({ gateway, url, write, reload }) => {
    write({ handling: 'strict' });
    reload();
    await gateway.logged(read);
    write({ handling: 'rude' });
    const [{ pid } = {}] = linesOf(gateway, 'worker serves');
    process.kill(Number(pid), 'SIGKILL');
    await gateway.logged('worker serves', 3);
    assert.deepEqual(await asked(url), new Set([400]));
  }));

test('SIGUSR2 takes settings of the port for callers too', () =>
  withFile({ GATEWAY_WORKERS: '2', GATEWAY_SHUTDOWN_NOTICE_MS: '0' }, async ({ gateway, url, write, reload }) => {
    const long = { ...dropping, headers: { ...dropping.headers, 'X-Long': 'x'.repeat(4000) } };
    write({ request: { maxHeaderBytes: 2048 }, admin: { host: '127.0.0.2' } });
    reload();
    await gateway.logged('changed settings need a restart');
    assert.deepEqual(linesOf(gateway, 'changed settings need a restart')[0]?.['settings'], [
      'request.maxHeaderBytes',
      'admin.host',
    ]);
    assert.equal((await call(url, long)).status, 202);
    gateway.child.kill('SIGUSR2');
    await gateway.logged('workers restarted');
    assert.equal((await call(url, long)).status, 431);
    assert.deepEqual(linesOf(gateway, 'changed settings need a restart')[1]?.['settings'], ['admin.host']);
  }));
