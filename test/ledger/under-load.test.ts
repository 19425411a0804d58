// Protects the promise that a store of the ledger costs no request anything: it is pulled away under load.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { openLedgerStore } from '../../src/ledger/open/open-store.ts';
import { call } from '../support/http.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { startScriptedCloud } from '../support/scripted-cloud.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-ledger-'));
const tiny = join(folder, 'tiny');
mkdirSync(tiny);
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', tiny]).status === 0;
after(() => {
  if (isMounted) spawnSync('umount', ['-l', tiny]);
  rmSync(folder, { recursive: true });
});
const cloud = await startScriptedCloud({ status: 202 });
after(() => cloud.stop());

const token = 'a-token-of-the-admin-port';
const tokenFile = join(folder, 'token');
writeFileSync(tokenFile, token);

/** Start a gateway whose ledger is in a file, and stop it after the test, which may have failed. */
async function startWith(context: TestContext, file: string): Promise<TestGateway> {
  const gateway = await startTestGateway(cloud.url, {
    GATEWAY_LEDGER_STORE: `sqlite:${file}`,
    GATEWAY_LEDGER_INTERVAL_MS: '100',
    GATEWAY_ADMIN_TOKEN_FILE: tokenFile,
  });
  context.after(() => gateway.stop());
  return gateway;
}

/** Make calls that need the gateway, of different clients, all of which must be answered. */
async function callAll({ url }: TestGateway, times: number, agent = 'agent'): Promise<void> {
  const calls = Array.from({ length: times }, (_, index) =>
    call(url, {
      path: '/v2/project-1/servers/s1/action',
      headers: { 'Content-Type': 'application/xml', 'X-Auth-Token': 't', 'User-Agent': `${agent} ${index}` },
      body: '<reboot xmlns="http://docs.openstack.org/compute/api/v1.1" type="SOFT"/>',
    }),
  );
  for (const { status } of await Promise.all(calls)) assert.equal(status, 202);
}

async function storedCalls(file: string): Promise<number> {
  const store = await openLedgerStore(`sqlite:${file}`, { access: 'read' });
  let sum = 0;
  for await (const { key, answered } of store.read('1970-01-01')) if (key.reason === 'xml-request') sum += answered;
  await store.close();
  return sum;
}

const events = ({ log }: TestGateway): readonly string[] =>
  log.map(({ event }) => event).filter((event) => event.startsWith('ledger'));

test('a locked file holds no request, and everything is stored when the lock is gone', async (context) => {
  const file = join(folder, 'locked.db');
  const gateway = await startWith(context, file);
  await callAll(gateway, 20);
  const other = new DatabaseSync(file);
  other.exec('BEGIN EXCLUSIVE');
  // The thread of the file waits for the lock now, while these are answered.
  await callAll(gateway, 20);
  await gateway.logged('ledger not stored', 1);
  await callAll(gateway, 20);
  other.exec('ROLLBACK');
  other.close();
  await gateway.logged('ledger stored again', 1);
  await gateway.stop();
  assert.equal(await storedCalls(file), 60);
  assert.deepEqual(events(gateway), ['ledger not stored', 'ledger stored again']);
});

test('a page of the ledger has the counts up to now, and is 503 while the file cannot be used', async (context) => {
  const file = join(folder, 'page.db');
  const gateway = await startWith(context, file);
  await callAll(gateway, 5);
  const page = (): ReturnType<typeof call> =>
    call(gateway.adminUrl, { method: 'GET', path: '/ledger', headers: { Authorization: `Bearer ${token}` } });
  const whole = await page();
  assert.equal(whole.status, 200);
  const { keys, days, runs, next } = JSON.parse(whole.body) as Record<string, unknown[] | null>;
  assert.deepEqual([keys?.length, days?.length, runs?.length, next], [10, 10, 1, null]);
  rmSync(file);
  mkdirSync(file);
  await gateway.logged('ledger not stored', 1);
  const refused = await page();
  assert.equal(refused.status, 503);
  assert.match(refused.body, /ledger's file/);
  assert.equal((await call(gateway.adminUrl, { method: 'GET', path: '/ledger' })).status, 401);
  await gateway.stop();
});

test('a file that vanishes is made again, with all counts of today', async (context) => {
  const file = join(folder, 'vanished.db');
  const gateway = await startWith(context, file);
  await callAll(gateway, 10, 'before');
  await call(gateway.adminUrl, { method: 'GET', path: '/ledger', headers: { Authorization: `Bearer ${token}` } });
  renameSync(file, join(folder, 'taken-away.db'));
  await callAll(gateway, 10, 'after');
  await gateway.logged('ledger stored again', 1);
  await gateway.stop();
  assert.equal(await storedCalls(file), 20);
});

test(
  'a full disk holds no request, and everything is stored when there is room',
  { skip: !isMounted && 'a small file system can be mounted by root only' },
  async (context) => {
    const file = join(tiny, 'ledger.db');
    const gateway = await startWith(context, file);
    await callAll(gateway, 5);
    await call(gateway.adminUrl, { method: 'GET', path: '/ledger', headers: { Authorization: `Bearer ${token}` } });
    // Whatever is free is used up.
    spawnSync('dd', ['if=/dev/zero', `of=${join(tiny, 'filler')}`, 'bs=4096']);
    await callAll(gateway, 200, 'while full');
    await gateway.logged('ledger not stored', 1);
    assert.match(
      String(gateway.log.find(({ event }) => event === 'ledger not stored')?.fields['error']),
      /FULL|IOERR|ENOSPC/,
    );
    await callAll(gateway, 20, 'later');
    rmSync(join(tiny, 'filler'));
    await gateway.logged('ledger stored again', 1);
    await gateway.stop();
    assert.equal(await storedCalls(file), 225);
  },
);
