// Protects the ledger of whole processes: restarts, kills, workers, and stores that cannot be used.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { DayCount, LedgerRun } from '../../src/ledger/entry.ts';
import { openLedgerStore } from '../../src/ledger/open/open-store.ts';
import { call } from '../support/http.ts';
import { until } from '../support/in-time.ts';
import { startScriptedCloud } from '../support/scripted-cloud.ts';
import { serving, spawnGateway, type GatewayProcess } from './gateway-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-ledger-'));
after(() => rmSync(folder, { recursive: true }));
const cloud = await startScriptedCloud({ status: 202 });
after(() => cloud.stop());

const main = join(import.meta.dirname, '../../src/main.ts');
let files = 0;
const newFile = (): string => join(folder, `ledger-${(files += 1)}.db`);

const settingsOf = (file: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> =>
  serving(cloud.url, {
    GATEWAY_LEDGER_STORE: `sqlite:${file}`,
    GATEWAY_LEDGER_INTERVAL_MS: '100',
    GATEWAY_SHUTDOWN_NOTICE_MS: '0',
    ...more,
  });

/** Make calls that need the gateway for two reasons each. */
async function callTimes(url: string, times: number): Promise<void> {
  for (let index = 0; index < times; index += 1) {
    const { status } = await call(url, {
      path: '/v1.1/project-1/servers/s1/action?key=canary-query',
      headers: {
        'Content-Type': 'application/xml',
        'X-Auth-Token': 'canary-token',
        'User-Agent': 'python-novaclient',
        Authorization: 'Basic canary-basic',
      },
      body: '<changePassword xmlns="http://docs.openstack.org/compute/api/v1.1" adminPass="canary-password"/>',
    });
    assert.equal(status, 202);
  }
}

interface Stored {
  readonly counts: readonly DayCount[];
  readonly runs: readonly LedgerRun[];
}

async function readFile(file: string): Promise<Stored> {
  const store = await openLedgerStore(`sqlite:${file}`, { access: 'read' });
  const counts: DayCount[] = [];
  for await (const count of store.read('1970-01-01')) counts.push(count);
  const runs = await store.runs();
  await store.close();
  return { counts, runs };
}

/** Sum the calls that were counted for XML bodies. */
const callsIn = ({ counts }: Stored): number =>
  counts
    .filter(({ key }) => key.reason === 'xml-request')
    .reduce((sum, { answered, failed }) => sum + answered + failed, 0);

async function stop(gateway: GatewayProcess): Promise<void> {
  gateway.child.kill('SIGTERM');
  assert.equal(await gateway.ended(), 0, gateway.stdout());
}

async function withGateway(
  settings: Readonly<Record<string, string>>,
  use: (gateway: GatewayProcess, urls: { readonly url: string; readonly adminUrl: string }) => Promise<void>,
): Promise<void> {
  const gateway = spawnGateway(settings);
  try {
    await use(gateway, await gateway.ready());
  } finally {
    gateway.kill();
  }
}

test('a restart keeps the counts, and each run ends closed', async () => {
  const file = newFile();
  for (const times of [3, 2])
    // Longer than the test: the counts are stored at the end.
    await withGateway(settingsOf(file, { GATEWAY_LEDGER_INTERVAL_MS: '300000' }), async (gateway, { url }) => {
      await callTimes(url, times);
      await stop(gateway);
    });
  const stored = await readFile(file);
  assert.equal(callsIn(stored), 5);
  assert.deepEqual(
    stored.runs.map(({ isClosed }) => isClosed),
    [true, true],
  );
});

test('after kill -9 nothing is counted twice, and the run that was killed stays open', async () => {
  const file = newFile();
  await withGateway(settingsOf(file), async (gateway, { url }) => {
    await callTimes(url, 3);
    await until(async () => callsIn(await readFile(file)) === 3, 'the counts were not stored');
    gateway.kill();
    await gateway.ended();
  });
  await withGateway(settingsOf(file), async (gateway, { url }) => {
    await callTimes(url, 2);
    await stop(gateway);
  });
  const stored = await readFile(file);
  assert.equal(callsIn(stored), 5);
  assert.deepEqual(
    stored.runs.map(({ isClosed }) => isClosed),
    [false, true],
  );
  const [killed, next] = stored.runs;
  assert.ok((killed?.storedAt ?? Infinity) < (next?.startedAt ?? 0), 'the time without data is told');
});

test('several workers count together; one that is killed loses at most an interval', async () => {
  const file = newFile();
  await withGateway(settingsOf(file, { GATEWAY_WORKERS: '2' }), async (gateway, { url, adminUrl }) => {
    await callTimes(url, 6);
    await until(async () => callsIn(await readFile(file)) === 6, 'the counts of the workers were not stored');
    const worker = gateway.lines().find(({ message }) => message === 'worker serves');
    process.kill(Number(worker?.['pid']), 'SIGKILL');
    await gateway.logged('worker serves', 3);
    await callTimes(url, 4);
    const { body } = await call(adminUrl, { method: 'GET', path: '/metrics' });
    assert.match(body, /^gateway_ledger_keys [1-9]/m);
    assert.match(body, /^gateway_ledger_last_stored_timestamp_seconds 1\d{9}/m);
    await stop(gateway);
  });
  const stored = await readFile(file);
  assert.equal(callsIn(stored), 10);
  assert.deepEqual([stored.runs.length, stored.runs.filter(({ isClosed }) => !isClosed).length], [3, 1]);
  assert.equal(new Set(stored.runs.map(({ instance }) => instance)).size, 1);
});

test('a worker that starts knows the keys of the ledger, whose refused calls keep their name', async () => {
  const file = newFile();
  await withGateway(settingsOf(file), async (gateway, { url }) => {
    await callTimes(url, 1);
    await stop(gateway);
  });
  const headers = { 'Content-Type': 'application/xml', 'User-Agent': 'python-novaclient' };
  const body = '<changePassword xmlns="http://docs.openstack.org/compute/api/v1.1"/>';
  await withGateway(settingsOf(file, { GATEWAY_WORKERS: '2' }), async (gateway, { url }) => {
    // Without a password it is refused before anything is sent to the cloud.
    await until(async () => {
      const { status } = await call(url, { path: '/v1.1/project-1/servers/s1/action', headers, body });
      assert.equal(status, 400);
      const { counts } = await readFile(file);
      return counts.some(({ key, failed }) => key.project === 'project-1' && failed > 0);
    }, 'no refused call was counted for the project');
    await stop(gateway);
  });
});

test('the file holds no token, query, body, password or header of a caller', async () => {
  const file = newFile();
  await withGateway(settingsOf(file), async (gateway, { url }) => {
    await callTimes(url, 2);
    await until(async () => callsIn(await readFile(file)) === 2, 'the counts were not stored');
    for (const name of readdirSync(folder).filter((each) => join(folder, each).startsWith(file)))
      assert.doesNotMatch(readFileSync(join(folder, name), 'latin1'), /canary/, name);
    await stop(gateway);
  });
  assert.doesNotMatch(readFileSync(file, 'latin1'), /canary|s1|127\.0\.0\.1/);
});

describe('a store that can never be used', () => {
  const cases: readonly (readonly [what: string, store: string, message: RegExp])[] = [
    ['a file in a folder that does not exist', `sqlite:${folder}/missing/l.db`, /its folder must exist/],
    ['a file that is no database', `sqlite:${main}`, /no SQLite database/],
    ['a text that names none', 'mysql://canary', /it must be memory, off, sqlite: and/],
  ];
  for (const [what, store, message] of cases)
    for (const flags of [[], ['--check']])
      test(`is a mistake of a ${flags.length === 0 ? 'start' : 'check'}: ${what}`, () => {
        const environment = { PATH: process.env['PATH'], ...serving(cloud.url, { GATEWAY_LEDGER_STORE: store }) };
        const { status, stderr } = spawnSync(process.execPath, [main, ...flags], {
          encoding: 'utf8',
          env: environment,
        });
        assert.equal(status, 2, stderr);
        assert.match(stderr, flags.length === 0 || store.startsWith('mysql') ? message : /ledger's file|it must be/);
        assert.match(stderr, /GATEWAY_LEDGER_STORE/);
        assert.doesNotMatch(stderr, /canary|    at /);
      });
});

test('a check creates no file', () => {
  const file = newFile();
  const environment = { PATH: process.env['PATH'], ...settingsOf(file) };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--check'], {
    encoding: 'utf8',
    env: environment,
  });
  assert.deepEqual([status, stdout, stderr], [0, 'The configuration is good.\n', '']);
  assert.ok(!readdirSync(folder).some((name) => file.endsWith(name)));
});

test('a database that is away does not keep a gateway from starting, and its password is nowhere', async () => {
  const store = 'postgres://gateway:canary@127.0.0.1:1/ledger';
  const settings = settingsOf('', { GATEWAY_LEDGER_STORE: store });
  await withGateway(settings, async (gateway, { url, adminUrl }) => {
    await callTimes(url, 2);
    await gateway.logged('ledger not stored');
    await callTimes(url, 2);
    const { body } = await call(adminUrl, { method: 'GET', path: '/metrics' });
    assert.match(body, /^gateway_ledger_failures_total [1-9]/m);
    await stop(gateway);
    assert.doesNotMatch(gateway.stdout() + gateway.stderr() + body, /canary/);
  });
  const environment = { PATH: process.env['PATH'], ...settings };
  const check = spawnSync(process.execPath, [main, '--check'], { encoding: 'utf8', env: environment });
  assert.equal(check.status, 0);
  assert.match(
    check.stderr,
    /^GATEWAY_LEDGER_STORE: .*ECONNREFUSED.*; a gateway starts, and stores its counts when it can\.$/m,
  );
  assert.doesNotMatch(check.stderr, /canary/);
});

test('a reload changes the interval; a new place needs a restart', async () => {
  const file = newFile();
  const config = join(folder, 'reloaded.json');
  const write = (ledger: object): void => writeFileSync(config, JSON.stringify({ ledger }));
  write({ store: `sqlite:${file}`, intervalMs: 300_000 });
  const settings = { ...serving(cloud.url, { GATEWAY_CONFIG: config, GATEWAY_SHUTDOWN_NOTICE_MS: '0' }) };
  await withGateway(settings, async (gateway, { url }) => {
    await callTimes(url, 1);
    write({ store: 'off', intervalMs: 100 });
    gateway.child.kill('SIGHUP');
    await gateway.logged('configuration read again');
    const held = gateway.lines().find(({ message }) => message === 'changed settings need a restart');
    assert.deepEqual(held?.['settings'], ['ledger.store']);
    await until(async () => callsIn(await readFile(file)) === 1, 'the interval was not changed');
    await stop(gateway);
  });
});
