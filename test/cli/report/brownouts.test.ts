import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportCommand } from '../../../src/cli/report/report.ts';
import { at, calls, each, run } from '../../way-out/simulated.ts';
import { runCommand } from './run-report-in-test.ts';
import { temporaryFile, temporaryLedger } from './temporary-files.ts';

const now = at('2026-11-30T12:00');
const runs = [run(at('2026-01-01'), now)];
const legacy = calls(each(at('2026-02-01T08:00'), at('2026-05-01'), 3));

/** Judge by a ledger and a retirement file. @returns the verdict, and the states of the rows */
async function judged(name: string, some: Parameters<typeof temporaryLedger>[1], file: unknown): Promise<string> {
  const retire = temporaryFile(`${name}.json`, JSON.stringify(file));
  const ledger = await temporaryLedger(`${name}.db`, some, runs);
  const { stdout } = await runCommand(reportCommand, [ledger], { format: 'json', retire }, { now });
  const { verdict, tables } = JSON.parse(stdout) as {
    readonly verdict: { readonly kind: string };
    readonly tables: Readonly<Record<string, { readonly rows: readonly { readonly state: string }[] }>>;
  };
  return [verdict.kind, ...(tables['needing']?.rows ?? []).map(({ state }) => state)].join(' ');
}

const wholeDay = { from: '2026-09-01', to: '2026-09-02' };

test('a brownout of the retirement file that hit nobody is the proof', async () => {
  assert.equal(await judged('proof', legacy, { brownouts: [wholeDay] }), 'safe gone');
  assert.equal(
    await judged('coming', legacy, { brownouts: [{ from: '2026-12-01', to: '2026-12-02' }] }),
    'announce quiet',
  );
  assert.equal(
    await judged('hours', legacy, { brownouts: [{ ...wholeDay, to: '2026-09-01T23:59' }] }),
    'announce quiet',
  );
});

test('a brownout with exceptions proves something about those only whom it would have hit', async () => {
  const only = { brownouts: [{ ...wholeDay, only: [{ project: 'p1' }] }] };
  const except = { brownouts: [{ ...wholeDay, except: [{ agent: 'fog/*' }] }] };
  assert.equal(await judged('only', legacy, only), 'announce gone');
  assert.equal(await judged('except', legacy, except), 'announce quiet');
  assert.equal(
    await judged('except-all', legacy, { brownouts: [wholeDay], except: [{ agent: 'x' }] }),
    'announce gone',
  );
});

test('a brownout that hit somebody is no proof', async () => {
  const hit = [...legacy, ...calls([at('2026-09-01T08:00')], { project: '(unverified)' }, 'refused')];
  assert.equal(await judged('hit', hit, { brownouts: [wholeDay] }), 'waiting gone');
  const late = [...hit, ...calls([at('2026-09-01T09:00')], {}, 'refused')];
  assert.equal(await judged('late', late, { brownouts: [wholeDay] }), 'needed active');
});

test('a retirement file that cannot be used is refused with its mistakes', async () => {
  await assert.rejects(judged('mistake', legacy, { brownout: [] }), /mistake\.json[^]*brownout/);
});

test('a report of one project never says that the gateway can be switched off, and tells that it does not know a project', async () => {
  const retire = temporaryFile('one.json', JSON.stringify({ brownouts: [wholeDay] }));
  const both = [...legacy, ...calls([at('2026-11-29')], { project: 'p2' })];
  const ledger = await temporaryLedger('one.db', both, runs);
  const printed = async (project: string): Promise<string> =>
    (await runCommand(reportCommand, [ledger], { retire, project }, { now })).stdout.replaceAll(/\s+/g, ' ');
  const known = await printed('p1');
  assert.match(known, /NO LONGER NEEDED BY THIS PROJECT Project p1 needs the gateway no longer: its silence/);
  assert.doesNotMatch(known, /switched off|check its id/i);
  const unknown = await printed('p3');
  assert.match(unknown, /No call of this project that needed the gateway was ever counted: check its id\./);
  assert.doesNotMatch(unknown, /switched off/i);
});
