// Whom the retirement file would refuse, what its brownouts refused, and the gateways of a fleet, as the console's thread tells it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { readLedgerPath } from '../../src/console/ledger/documents/ledger-documents.ts';
import { LedgerThread } from '../../src/console/ledger/ledger-thread.ts';
import type { PlanTableRow, RetirementPlanView } from '../../src/console/views/plan-types.ts';
import type { ReplicasView } from '../../src/console/views/replica-types.ts';
import { dayMs, dayText } from '../../src/ledger/days.ts';
import type { DayCount, LedgerKey, LedgerRun } from '../../src/ledger/entry.ts';
import { openLedgerStore } from '../../src/ledger/open/open-store.ts';
import { readRetirementText } from '../../src/retirement/read/read-file.ts';
import { runProgram } from '../cli/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-console-plan-'));
after(() => rmSync(folder, { recursive: true }));
const now = Date.now();
const dayBefore = (days: number): string => dayText(Math.floor(now / dayMs) - days);

const finance: LedgerKey = {
  project: 'finance',
  agent: 'Java/1.6',
  network: '192.0.2.0/24',
  operation: 'rebuild',
  reason: 'xml-request',
};

/** Count calls of a key on a day before today, at noon. */
function counted(key: Partial<LedgerKey>, daysBefore: number, answered: number, refused = 0): DayCount {
  const day = dayBefore(daysBefore);
  const last = Math.min(Date.parse(`${day}T12:00:00Z`), now);
  const failed = refused;
  return { key: { ...finance, ...key }, day, answered, failed, refused, first: last, last, requestId: 'req-1' };
}

function runOf(instance: string, boot: string, changes: Partial<LedgerRun> = {}): LedgerRun {
  const startedAt = now - 300 * dayMs;
  return {
    instance,
    boot,
    version: '1.0.0',
    startedAt,
    storedAt: now - 30_000,
    isClosed: false,
    others: 0,
    ...changes,
  };
}

const runs = [
  runOf('gateway-a', 'a1', { startedAt: now - 400 * dayMs, storedAt: now - 301 * dayMs, isClosed: false }),
  runOf('gateway-a', 'a2'),
  runOf('gateway-a', 'a3', { others: 7 }),
  runOf('gateway-b', 'b1', { storedAt: now - dayMs }),
  runOf('gateway-c', 'c1', { storedAt: now - 2 * dayMs, isClosed: true, version: '0.9.0' }),
];

const counts = [
  counted({}, 1, 100),
  counted({ reason: 'xml-answer' }, 1, 120),
  counted({}, 9, 3, 5),
  counted({ reason: 'xml-answer' }, 9, 3, 5),
  counted({ project: 'archive', agent: 'fog/1.0', operation: 'listServers', reason: 'suffix' }, 2, 7),
  counted({ project: 'spared' }, 2, 5),
  counted({ project: 'modern', agent: 'curl', reason: 'path-v2' }, 1, 1000),
  counted({ project: 'old', agent: 'fog/1.0' }, 250, 9),
  counted(
    { project: '(unverified)', agent: '(unverified)', network: '(unverified)', operation: '(unverified)' },
    1,
    0,
    2,
  ),
];

const file = join(folder, 'retire.json');
writeFileSync(
  file,
  JSON.stringify({
    rules: [
      { name: 'java', agent: 'Java*', from: '2090-01-01', except: [{ project: 'spared' }] },
      { name: 'idle', project: 'nobody', from: '2090-01-01' },
    ],
    brownouts: [
      { name: 'tried', from: dayBefore(9), to: dayBefore(8) },
      { name: 'before', from: dayBefore(900), to: dayBefore(899) },
      { name: 'coming', from: '2090-01-01', to: '2090-01-02' },
    ],
  }),
);

/** Fill a store, and ask the thread as the console does. */
async function openFilled(context: TestContext): Promise<<T>(path: string, retire?: string) => Promise<T>> {
  const place = `sqlite:${join(folder, `${Math.random()}.db`)}`;
  const store = await openLedgerStore(place, { access: 'keep' });
  for (const run of runs) await store.write(run, run.boot === 'a2' ? counts : []);
  const thread = new LedgerThread({ store, place, keeper: { store: async () => true } as never });
  context.after(async () => {
    await thread.close();
    await store.close();
  });
  return async <T>(path: string, retire = '') => {
    const read = readLedgerPath(path);
    assert.ok(read !== undefined, path);
    const { body } = await thread.ask({ path: read, query: '', retire, now, isGzipped: false });
    return JSON.parse(Buffer.from(body).toString()) as T;
  };
}

test('the plan says whom each rule and brownout would refuse, as the command does, and what was refused on the days of the past ones', async (context) => {
  const ask = await openFilled(context);
  const plan = await ask<RetirementPlanView>('/api/retirement/plan', file);
  assert.deepEqual(
    [plan.isOfFile, plan.beginning, plan.since, plan.needed.exchanges],
    [true, null, dayBefore(30), 142],
  );
  assert.deepEqual(
    plan.parts.map(({ name, hits, perhaps, spared }) => [
      name,
      ...[hits, perhaps, spared].map(({ exchanges }) => exchanges),
    ]),
    [
      ['coming', 142, 0, 0],
      ['java', 128, 2, 5],
      ['idle', 0, 2, 0],
    ],
  );
  assert.deepEqual(plan.parts[1]?.hits.rows[0]?.reasons, ['xml-answer', 'xml-request']);
  assert.equal(plan.untouched.exchanges, 0);
  assert.deepEqual(
    plan.past.map(({ name, refused, isComplete }) => [name, refused, isComplete]),
    [['tried', 5, true]],
  );
});

test('the plan of the console has the numbers of the command retire plan', async (context) => {
  const ask = await openFilled(context);
  const place = `sqlite:${join(folder, 'of-command.db')}`;
  const store = await openLedgerStore(place, { access: 'keep' });
  for (const run of runs) await store.write(run, run.boot === 'a2' ? counts : []);
  await store.close();
  const { stdout } = await runProgram(['retire', 'plan', file, '--from', place, '--json']);
  const { parts } = JSON.parse(stdout) as { parts: { name: string; hits: { exchanges: number } }[] };
  const plan = await ask<RetirementPlanView>('/api/retirement/plan', file);
  for (const { name, hits } of parts)
    assert.equal(plan.parts.find((part) => part.name === name)?.hits.exchanges, hits.exchanges, name);
  const { rows } = await ask<{ rows: readonly PlanTableRow[] }>('/api/retirement/plan/rows', file);
  const exchanges = rows.filter((row) => row.part === 'java' && row.effect === 'refused').map((row) => row.exchanges);
  assert.equal(
    exchanges.reduce((sum, each) => sum + each, 0),
    parts.find(({ name }) => name === 'java')?.hits.exchanges,
  );
});

test('a gateway without a file gets one to begin with, which fits its ledger, and its plan', async (context) => {
  const ask = await openFilled(context);
  const plan = await ask<RetirementPlanView>('/api/retirement/plan');
  const begun = readRetirementText('-', plan.beginning ?? '');
  assert.deepEqual(
    [plan.isOfFile, begun.brownouts.map(({ name }) => name), begun.rules.map(({ name }) => name)],
    [false, ['first hours', 'first day'], ['migrated', 'everyone']],
  );
  assert.deepEqual(begun.rules[0]?.selection.project, ['old'], 'silent for long enough');
  assert.ok((begun.sunset ?? 0) - now > 183 * dayMs);
  assert.deepEqual(Object.fromEntries(plan.parts.map(({ name, hits }) => [name, hits.exchanges])), {
    everyone: 142,
    'first day': 142,
    'first hours': 142,
    migrated: 0,
  });
});

test('a file with mistakes has no plan, and is not taken for none', async (context) => {
  const ask = await openFilled(context);
  const broken = join(folder, 'broken.json');
  writeFileSync(broken, '{"rules": 1}');
  const plan = await ask<RetirementPlanView>('/api/retirement/plan', broken);
  assert.deepEqual([plan.isOfFile, plan.beginning, plan.parts], [true, null, []]);
});

test('the gateways of a fleet are listed with those that are alive, silent and ended, and the gaps that they left', async (context) => {
  const ask = await openFilled(context);
  const { replicas } = await ask<ReplicasView>('/api/replicas');
  assert.deepEqual(
    replicas.map(({ instance, state, processes, gaps, others, version }) => [
      instance,
      state,
      processes,
      gaps,
      others,
      version,
    ]),
    [
      ['gateway-a', 'alive', 2, 1, 7, '1.0.0'],
      ['gateway-b', 'silent', 0, 1, 0, '1.0.0'],
      ['gateway-c', 'ended', 0, 0, 0, '0.9.0'],
    ],
  );
  assert.equal(replicas[0]?.lastGapAt, new Date(now - 301 * dayMs).toISOString());
});
