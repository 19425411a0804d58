import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ledgerForgetCommand } from '../../../src/cli/ledger/forget.ts';
import { reportCommand } from '../../../src/cli/report/report.ts';
import { at, calls, run } from '../../way-out/simulated.ts';
import { runCommand } from '../report/run-report-in-test.ts';
import { temporaryFile, temporaryLedger } from '../report/temporary-files.ts';

const now = at('2026-11-30T12:00');

test('a project is forgotten, and says how much that was and what it does not touch', async () => {
  const some = [...calls([at('2026-11-01')]), ...calls([at('2026-11-02')], { project: 'p2' })];
  const ledger = await temporaryLedger('forget.db', some, [run(at('2026-01-01'), now)]);
  const from = `sqlite:${ledger}`;
  await assert.rejects(runCommand(ledgerForgetCommand, ['p1'], { from }), /add --yes/);
  const { code, stdout } = await runCommand(ledgerForgetCommand, ['p1'], { from, yes: true });
  assert.deepEqual(
    [code, stdout],
    [0, 'Project p1 was removed, with 1 key. Log files are not touched: remove them, or let them expire.\n'],
  );
  const again = await runCommand(ledgerForgetCommand, ['p1'], { from, yes: true, json: true });
  assert.deepEqual(JSON.parse(again.stdout), { project: 'p1', keys: 0 });
  const report = await runCommand(reportCommand, [ledger], {}, { now });
  assert.ok(report.stdout.includes('p2') && !report.stdout.includes('p1 '));
});

test('a ledger is named by the path of its file as well, and nothing else is taken for one', async () => {
  const ledger = await temporaryLedger('path.db', calls([at('2026-11-01')]), [run(at('2026-01-01'), now)]);
  const { stdout } = await runCommand(ledgerForgetCommand, ['p1'], { from: ledger, yes: true });
  assert.match(stdout, /^Project p1 was removed, with 1 key\./);
  for (const [from, message] of [
    ['http://127.0.0.1:9774', /name its store/],
    ['-', /Log files are not touched\. Name a ledger/],
    [temporaryFile('gateway.log', '{}'), /Log files are not touched\. Name a ledger/],
    ['/nowhere/ledger.db', /ENOENT/],
  ] as const)
    await assert.rejects(runCommand(ledgerForgetCommand, ['p1'], { from, yes: true }), message);
});

test('a ledger that is not there is not created', async () => {
  const from = 'sqlite:/nowhere/ledger.db';
  await assert.rejects(runCommand(ledgerForgetCommand, ['p1'], { from, yes: true }), /ENOENT/);
  await assert.rejects(runCommand(ledgerForgetCommand, ['p1'], { yes: true }), /--from/);
});
