import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { reportCommand } from '../../../src/cli/report/report.ts';
import { UsageError } from '../../../src/cli/command.ts';
import { at } from '../../way-out/simulated.ts';
import { runCommand } from './run-report-in-test.ts';
import { temporaryFile } from './temporary-files.ts';

const now = at('2026-06-10T12:00');

/** Make the line of an exchange. */
const line = (time: string, fields: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    timestamp: `${time}:00.000Z`,
    level: 'info',
    message: 'exchange',
    requestId: 'req-1',
    version: 'v2',
    project: 'p1',
    operation: 'rebuild',
    cloudStatus: 202,
    client: '192.0.2.17',
    agent: 'fog/1.0',
    status: 202,
    needs: ['xml-request'],
    ...fields,
  });

const needless = (time: string): string => line(time, { needs: [] });
const week = ['05', '06', '07', '08', '09', '10'].map((day) => needless(`2026-06-${day}T01:00`));

/** Report as JSON. */
async function reported(args: readonly string[], stdin = '') {
  const by = 'project,agent,network,operation,reason';
  const { stdout } = await runCommand(reportCommand, args, { format: 'json', by }, { now, stdin });
  return JSON.parse(stdout) as {
    readonly verdict: { readonly kind: string };
    readonly tables: Readonly<Record<string, { readonly rows: readonly Readonly<Record<string, unknown>>[] }>>;
    readonly daysWithoutData: readonly { readonly first: string; readonly last: string }[];
    readonly remarks: readonly string[];
    readonly dataSince: string;
  };
}

test('a log is read from a file, a compressed file and the standard input, in any order, with a last line that is cut', async () => {
  const newer = `${week.join('\n')}\n${line('2026-06-09T10:00', { status: 404, cloudStatus: 404 })}\n{"timestamp":"2026-0`;
  const older = `${needless('2026-06-04T01:00')}\n${line('2026-06-03T10:00')}\n`;
  const files = [temporaryFile('gateway.log', newer), temporaryFile('gateway.log.1.gz', gzipSync(older))];
  const report = await reported(files);
  const [row] = report.tables['needing']?.rows ?? [];
  assert.equal(row?.['answered'], 1);
  assert.equal(row['failed'], 1);
  assert.equal(row['network'], '192.0.2.0/24');
  assert.equal(row['longestGapDays'], 6);
  assert.deepEqual([report.daysWithoutData, report.remarks], [[], []]);
  assert.deepEqual(await reported(['-'], older + newer), report);
  assert.deepEqual(await reported(files.toReversed()), report);
});

test('lines that a container engine has wrapped are read', async () => {
  const docker = JSON.stringify({ log: `${line('2026-06-09T10:00')}\n`, stream: 'stdout', time: 'x' });
  const kubelet = `2026-06-09T11:00:00.1Z stdout F ${line('2026-06-09T11:00')}`;
  const report = await reported(['-'], [...week, docker, kubelet].join('\n'));
  assert.equal(report.tables['needing']?.rows[0]?.['answered'], 2);
});

test('broken lines, lines without needs, days without lines and cut files are told', async () => {
  const old = line('2026-06-06T10:00', { needs: undefined });
  const content = ['garbage', '{"half":', needless('2026-06-04T01:00'), old, needless('2026-06-10T01:00')].join('\n');
  const cut = gzipSync(`${line('2026-06-09T01:00')}\n`.repeat(10_000));
  const file = temporaryFile('cut.log.gz', cut.subarray(0, cut.length / 2));
  const report = await reported(['-', file], `${content}\n`);
  assert.deepEqual(
    report.daysWithoutData.map(({ first, last }) => [first, last]),
    [['2026-06-05', '2026-06-09']],
  );
  assert.deepEqual(report.remarks, [
    'Lines of exchanges without the field needs: 1. A version before 0.2.0 wrote them, and their days count as days without data.',
    'Lines that could not be read, and are left out: 2.',
    `${file} ends in the middle: it was read as far as it goes.`,
  ]);
});

test('a caller cannot hide its needs, or make up those of others, by its User-Agent', async () => {
  const agents = ['"needs":[]}', '\\"needs\\":[]}', '","message":"other","x":"', '"message":"exchange"'];
  const lines = agents.map((agent) => line('2026-06-09T10:00', { agent }));
  const report = await reported(['-'], [...week, ...lines, ...week].join('\n'));
  const rows = report.tables['needing']?.rows ?? [];
  assert.deepEqual(new Set(rows.map(({ agent }) => agent)), new Set(agents));
});

test('a log of the level warn has no answered calls, so that its days are without data', async () => {
  const warn = week.map((text) => text.replace('"level":"info"', '"level":"warn"'));
  const report = await reported(['-'], [...warn.slice(0, 4), ...week.slice(4)].join('\n'));
  assert.equal(report.verdict.kind, 'waiting');
  assert.match(report.dataSince, /^2026-06-09T/);
  assert.equal((await reported(['-'], warn.join('\n'))).verdict.kind, 'no-data');
});

test('a log in the text format is refused with what to do', async () => {
  const file = temporaryFile('text.log', '10:11:12.131 info  exchange requestId=req-1 needs=[]\n');
  await assert.rejects(runCommand(reportCommand, [file]), (error: unknown) => {
    assert.ok(error instanceof UsageError);
    assert.match(error.message, /text\.log is a log in the text format.*GATEWAY_LOG_FORMAT=json/);
    return true;
  });
});

test('a file that is no log is refused, so that it does not look like a log without callers', async () => {
  for (const content of ['root:x:0:0\n\ndaemon:x:1:1\n', Buffer.alloc(3000, '\0\n'), 'a'.repeat(2_000_000)]) {
    const file = temporaryFile('other.txt', content);
    await assert.rejects(
      runCommand(reportCommand, [file, '-'], {}, { stdin: week.join('\n') }),
      /other\.txt is no log/,
    );
  }
  for (const content of ['', '\n', '{"timestamp":"2026-0'])
    assert.equal((await reported(['-', temporaryFile('new.log', content)], week.join('\n'))).remarks.length, 0);
});

test('the URL of a database with a wrong scheme, or none, is not repeated, because it has a password', async () => {
  for (const scheme of ['Postgres://', 'pg://', 'mysql://', 'postgresql+asyncpg://', ''])
    await assert.rejects(runCommand(reportCommand, [`${scheme}user:canary@host/ledger`]), (error: unknown) => {
      assert.ok(error instanceof UsageError);
      assert.doesNotMatch(error.message, /canary/);
      return true;
    });
});

test('sources that cannot be read are refused with their name', async () => {
  for (const [source, message] of [
    ['/nowhere/gateway.log', /\/nowhere\/gateway\.log cannot be read \(ENOENT\)/],
    [import.meta.dirname, /is a folder/],
    ['http://127.0.0.1:1', /http:\/\/127\.0\.0\.1:1 cannot be reached/],
    ['sqlite:/nowhere/ledger.db', /ENOENT/],
  ] as const)
    await assert.rejects(runCommand(reportCommand, [source]), message);
});

test('a progress bar is drawn on a terminal only', async () => {
  const file = temporaryFile('long.log', `${needless('2026-06-09T01:00')}\n`.repeat(20_000));
  let time = now;
  const clock = (): number => (time += 1000);
  const piped = await runCommand(reportCommand, [file], {}, { now });
  assert.equal(piped.stderr, '');
  const shown = await runCommand(reportCommand, [file], {}, { columns: 80, now: clock });
  assert.match(shown.stderr, /\[#+\.*\] \d+(?:\.\d)? of \d+(?:\.\d)? MB, .* MB\/s, \d+ s left/);
  assert.ok(shown.stderr.endsWith('\r\u001b[K'));
});

test('a refused call of a project that only an older file knows counts for the project, in any order of the files', async () => {
  const refused = line('2026-06-09T10:00', { status: 410, cloudStatus: undefined, retired: 'trial' });
  const files = [
    temporaryFile('newest.log', `${week.join('\n')}\n${refused}\n`),
    temporaryFile('oldest.log', `${needless('2026-06-04T01:00')}\n${line('2026-06-03T10:00')}\n`),
  ];
  const report = await reported(files);
  const [row, ...others] = report.tables['needing']?.rows ?? [];
  assert.deepEqual([row?.['project'], row?.['failed'], row?.['last']], ['p1', 1, '2026-06-09T10:00:00.000Z']);
  assert.deepEqual([others, report.tables['unverified']], [[], undefined]);
  assert.deepEqual(await reported(files.toReversed()), report);
});
