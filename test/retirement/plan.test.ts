import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { DayCount, LedgerKey } from '../../src/ledger/entry.ts';
import { openLedgerStore } from '../../src/ledger/open/open-store.ts';
import { runProgram } from '../cli/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'retire-'));
after(() => rmSync(folder, { recursive: true }));
const store = `sqlite:${join(folder, 'ledger.db')}`;
const now = Date.now();
const day = 86_400_000;
const date = (offset: number): string => new Date(now + offset * day).toISOString().slice(0, 10);

const finance: LedgerKey = {
  project: 'finance',
  agent: 'Java/1.6',
  network: '192.0.2.0/24',
  operation: 'rebuild',
  reason: 'xml-request',
};

function counted(key: Partial<LedgerKey>, answered: number, ago = 1): DayCount {
  const last = now - ago * day;
  return {
    key: { ...finance, ...key },
    day: date(-ago),
    answered,
    failed: 0,
    first: last - 1000,
    last,
    requestId: 'req-1',
  };
}

before(async () => {
  const ledger = await openLedgerStore(store, { access: 'keep' });
  await ledger.write(
    { instance: 'a', boot: 'b', version: '1', startedAt: now - 50 * day, storedAt: now, isClosed: true, others: 0 },
    [
      counted({}, 100),
      counted({ reason: 'xml-answer' }, 120),
      counted({ project: 'archive', agent: 'fog/1.0', operation: 'listServers', reason: 'suffix' }, 7),
      counted({ project: 'spared', agent: 'Java/1.6' }, 5),
      counted({ project: 'modern', agent: 'curl', operation: 'listServers', reason: 'path-v2' }, 1000),
      counted({ project: 'old', agent: 'fog/1.0' }, 9, 40),
      counted({ project: 'wide', agent: '日本語', operation: 'listServers', reason: 'path-v2' }, 1),
    ],
  );
  await ledger.close();
});

const path = join(folder, 'retire.json');
const content = {
  rules: [
    { name: 'java', agent: 'Java*', reason: 'xml-request', from: date(10), except: [{ project: 'spared' }] },
    { name: 'half', network: '192.0.2.128/25', from: date(10) },
    { name: 'idle', project: 'nobody', from: date(10) },
  ],
  brownouts: [
    { name: 'past', from: date(-5), to: date(-4) },
    { name: 'next', from: date(5), to: date(6), only: [{ project: 'archive' }] },
  ],
};
writeFileSync(path, JSON.stringify(content));

test('retire plan says whom each rule and brownout would refuse, whom exceptions spare, and what hits nobody', async () => {
  const { code, stdout, stderr } = await runProgram(['retire', 'plan', path, '--from', store]);
  assert.deepEqual([code, stderr], [0, '']);
  const lines = stdout.split('\n');
  const has = (line: string | RegExp): void =>
    assert.ok(
      lines.some((each) => (typeof line === 'string' ? each === line : line.test(each))),
      `${line}\n\n${stdout}`,
    );
  has(
    `${path}, by the ledger from ${date(-30)} to ${date(0)}: 132 exchanges of 3 projects with 2 clients needed the gateway.`,
  );
  has(/^Rule java, from .*: agent Java\* and reason xml-request$/);
  has('  would refuse 100 exchanges of 1 project with 1 client');
  has(/^ {4}finance {2}Java\/1\.6 {2}192\.0\.2\.0\/24 {2}rebuild {4}xml-request {2}100 {8}\d{4}-/);
  has('  exceptions spare 5 exchanges of 1 project with 1 client');
  has('  and perhaps some of 132 exchanges of 3 projects with 2 clients, which the ledger does not know exactly');
  has(/^Brownout next, .*: project archive$/);
  has('  would refuse 7 exchanges of 1 project with 1 client');
  has('Refused by nothing in the file: 5 exchanges of 1 project with 1 client');
  has('They would refuse nobody: idle');
  has('Brownouts that are over: past');
  assert.ok(!stdout.includes('modern') && !stdout.includes('path-v2'));
});

interface PlanJson {
  readonly needed: { readonly exchanges: number };
  readonly parts: readonly {
    readonly name: string;
    readonly hits: { readonly exchanges: number; readonly projects: readonly string[] };
  }[];
}

test('retire plan --json has all rows, and --since more days', async () => {
  const { code, stdout } = await runProgram(['retire', 'plan', '--json', '--since', '60d', '--from', store, path]);
  assert.equal(code, 0);
  const plan = JSON.parse(stdout) as PlanJson;
  assert.equal(plan.needed.exchanges, 141);
  assert.deepEqual(
    plan.parts.map(({ name, hits }) => [name, hits.exchanges, hits.projects]),
    [
      ['java', 100, ['finance']],
      ['half', 0, []],
      ['idle', 0, []],
      ['next', 7, ['archive']],
    ],
  );
});

test('unverified callers are no project, and those that stand together no client', async () => {
  const only = `sqlite:${join(folder, 'strangers.db')}`;
  const ledger = await openLedgerStore(only, { access: 'keep' });
  const others = { agent: '(other)', network: '(other)', operation: '(other)' };
  const run = { instance: 'a', boot: 'b', version: '1', startedAt: now - 50 * day, storedAt: now };
  await ledger.write({ ...run, isClosed: true, others: 0 }, [
    counted({}, 100),
    counted({ project: '(unverified)', ...others }, 7),
    counted({ project: '(none)', operation: 'login', reason: 'login-v2.0' }, 2),
  ]);
  await ledger.close();
  const { stdout } = await runProgram(['retire', 'plan', path, '--from', only]);
  assert.match(
    stdout,
    /: 100 exchanges of 1 project with 1 client, and 9 without a known project needed the gateway\./,
  );
});

test('retire plan --anonymous names nobody', async () => {
  const { stdout } = await runProgram(['retire', 'plan', '--anonymous', '--from', store, path]);
  assert.match(stdout, /^ {4}P1 {7}A1 {5}N1 /m);
  for (const name of ['finance', 'archive', 'Java', '192.0.2.']) assert.ok(!stdout.includes(name), name);
});

test('retire plan tells the days without data, on which nobody could be counted', async () => {
  const log = join(folder, 'old.log');
  writeFileSync(
    log,
    `${JSON.stringify({ timestamp: `${date(-20)}T10:00:00.000Z`, level: 'info', message: 'exchange', needs: [] })}\n`,
  );
  const old = await runProgram(['retire', 'plan', path, log]);
  assert.equal(
    old.stderr,
    `Data since ${date(-20)} 00:00 UTC.\nNo data from ${date(-19)} to ${date(0)}: no gateway stored anything.\n`,
  );
  writeFileSync(log, '');
  const empty = await runProgram(['retire', 'plan', '--json', path, log]);
  assert.equal(empty.stderr, 'There are no data: no gateway stored anything in these sources.\n');
});

test('retire plan --fail-on hits ends with 3 if somebody would be refused, and with 0 if not', async () => {
  const hits = await runProgram(['retire', 'plan', '--fail-on', 'hits', '--from', store, path]);
  assert.equal(hits.code, 3);
  const idle = join(folder, 'idle.json');
  writeFileSync(idle, JSON.stringify({ rules: [{ project: 'nobody', from: date(1) }] }));
  const none = await runProgram(['retire', 'plan', '--fail-on', 'hits', '--from', store, idle]);
  assert.equal(none.code, 0);
  const wrong = await runProgram(['retire', 'plan', '--from', join(folder, 'missing.log'), idle]);
  assert.equal(wrong.code, 2);
});

test('the columns of retire plan stay in line behind characters that are two cells wide', async () => {
  const all = join(folder, 'all.json');
  writeFileSync(
    all,
    JSON.stringify({ needs: 'all', rules: [{ name: 'all', project: ['wide', 'modern'], from: date(1) }] }),
  );
  const { stdout } = await runProgram(['retire', 'plan', '--from', store, all]);
  assert.match(stdout, /^ {4}wide {5}日本語 {2}192\.0\.2\.0\/24/m);
  assert.match(stdout, /^ {4}modern {3}curl {4}192\.0\.2\.0\/24/m);
});
