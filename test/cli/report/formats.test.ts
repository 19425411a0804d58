import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { reportCommand } from '../../../src/cli/report/report.ts';
import { widthOf } from '../../../src/cli/report/print/display-width.ts';
import { at, calls, each, run } from '../../way-out/simulated.ts';
import { runCommand } from './run-report-in-test.ts';
import { temporaryLedger } from './temporary-files.ts';

const now = at('2026-11-30T12:00');

/** Texts that a caller may send as its User-Agent, each of which is markup or a command somewhere. */
const hostile = [
  '\u001b[31mred\u001b[0m \u001b]0;title\u0007',
  '\u009b31m eight-bit',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '"><b>&amp;',
  "=cmd|'/C calc'!A1",
  '+1+1',
  '-2+3',
  '@SUM(1)',
  '＝1+1',
  '10.1 client',
  'a,b"c"',
  'a|b`c`*d*_e_[f](http://evil.example)#',
  'line\r\nsecond\u2028third',
  '\u202egnp.exe\u202c',
  '请求客户端/2.0 한국어 日本語',
  'नमस्ते/1.0 שלום العربية',
  '👩‍👩‍👧‍👦 family 👍🏽',
  'e\u0301'.repeat(30),
  '\ud800 alone',
  '__proto__',
  'constructor',
  '',
];

describe('a report of hostile callers', () => {
  let ledger = '';
  before(async () => {
    const all = hostile.flatMap((agent, index) =>
      calls([at('2026-11-20') + index], { project: `project-${index}`, agent, operation: agent }),
    );
    ledger = await temporaryLedger('hostile.db', all, [run(at('2026-01-01'), now)]);
  });

  const printed = async (format: string, columns?: number): Promise<string> => {
    const by = 'project,agent,operation,reason';
    const { stdout, code } = await runCommand(
      reportCommand,
      [ledger],
      { format, by },
      { now, ...(columns === undefined ? {} : { columns }) },
    );
    assert.equal(code, 0);
    return stdout;
  };

  for (const format of ['table', 'json', 'csv', 'md', 'html'])
    test(`${format} has every row, and no control character that a terminal would obey`, async () => {
      const text = await printed(format);
      for (const index of hostile.keys()) assert.ok(text.includes(`project-${index}`), String(index));
      // oxlint-disable-next-line no-control-regex -- control characters are what it is about
      assert.doesNotMatch(text, /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
      assert.ok(text.isWellFormed());
    });

  for (const columns of [80, 120, 200])
    test(`a table keeps its columns on a terminal of ${columns} columns`, async () => {
      const lines = (await printed('table', columns)).split('\n');
      const head = lines.find((line) => line.startsWith('PROJECT')) ?? '';
      const place = head.indexOf('STATE');
      const rows = lines.filter((line) => line.startsWith('project-'));
      assert.equal(rows.length, hostile.length);
      for (const row of rows) {
        assert.ok(widthOf(row) <= columns, row);
        const state = row.lastIndexOf('fading');
        assert.equal(widthOf(row.slice(0, state)), place, row);
      }
    });

  test('HTML has no markup of a caller, no script and no other file', async () => {
    const page = await printed('html');
    assert.doesNotMatch(page, /<(?:script|img|b)\b|onerror=alert[^(]|<link|src=["']?http/);
    assert.ok(page.includes('&#60;script&#62;alert(1)&#60;/script&#62;'));
  });

  test('CSV has cells that a spreadsheet does not compute, and quotes as RFC 4180 wants', async () => {
    const lines = (await printed('csv')).split('\r\n');
    assert.equal(lines.length, hostile.length + 2);
    assert.equal(lines.at(-1), '');
    for (const text of [`'=cmd|'/C calc'!A1`, `'+1+1`, `'-2+3`, `'@SUM(1)`, `'＝1+1`, '"a,b""c"""'])
      assert.ok(
        lines.some((line) => line.includes(`,${text},`)),
        text,
      );
  });

  test('Markdown has no link, no HTML and no further cells', async () => {
    const text = await printed('md');
    assert.doesNotMatch(text, /(?<!\\)<|(?<!\\)\[f|http:\/\//);
    // A backslash before a digit would be shown.
    assert.doesNotMatch(text, /\\\d/);
    const rows = text.split('\n').filter((line) => line.startsWith('| project-'));
    const head = text.split('\n').find((line) => line.startsWith('| project |')) ?? '';
    for (const row of rows) assert.equal(row.match(/(?<!\\)\|/g)?.length, head.match(/\|/g)?.length, row);
  });
});

test('an anonymous report names nobody, in any format, and uses the same label for the same name', async () => {
  const secret = ['secretproject', 'secretagent', '203.0.113.0/24', 'req-17'];
  const times = each(at('2026-06-01'), at('2026-11-20'), 7);
  const all = calls(times, { project: 'secretproject', agent: 'secretagent/1', network: '203.0.113.0/24' });
  const ledger = await temporaryLedger('secretledger.db', all, [run(at('2026-01-01'), now)]);
  for (const format of ['table', 'json', 'csv', 'md', 'html']) {
    const options = { format, anonymous: true, by: 'project,agent,network,operation,reason', project: 'secretproject' };
    const { stdout } = await runCommand(reportCommand, [ledger], options, { now });
    for (const text of [...secret, 'secretledger']) assert.ok(!stdout.includes(text), `${format}: ${text}`);
    for (const text of ['P1', 'A1', 'N1', 'rebuild', 'xml-request'])
      assert.ok(stdout.includes(text), `${format}: ${text}`);
    assert.doesNotMatch(stdout, /\bP2\b/);
  }
});

test('ten reasons of a verdict are shown to people, so that the tables can be found, and all to programs', async () => {
  const many = Array.from({ length: 30 }, (_, index) => calls([at('2026-11-20')], { project: `p${index}` })).flat();
  const ledger = await temporaryLedger('holds.db', many, [run(at('2026-01-01'), now)]);
  for (const format of ['table', 'md', 'html']) {
    const { stdout } = await runCommand(reportCommand, [ledger], { format }, { now });
    assert.equal(stdout.match(/Project p\d+ called/g)?.length, 10, format);
  }
  const { stdout } = await runCommand(reportCommand, [ledger], { format: 'json' }, { now });
  assert.ok(stdout.match(/Project p\d+ called/g)?.length === 30);
});

test('a report of nobody says so, and one of 10,000 keys is cut to the rows that are wanted', async () => {
  const empty = await temporaryLedger('empty.db', [], [run(at('2026-01-01'), now)]);
  const { stdout } = await runCommand(reportCommand, [empty], {}, { now });
  assert.match(stdout, /Nobody needed it in this time\./);
  const many = Array.from({ length: 10_000 }, (_, index) =>
    calls([at('2026-11-01') + index], { project: `p${index % 300}`, agent: `agent/${index}` }),
  ).flat();
  const ledger = await temporaryLedger('many.db', many, [run(at('2026-01-01'), now)]);
  const report = await runCommand(reportCommand, [ledger], { top: '20' }, { now });
  assert.match(report.stdout, /\.\.\. and 9980 more/);
  assert.ok(report.stdout.length < 20_000);
});

/** Report with each --fail-on, and about days on which nobody called. @returns the exit codes */
async function codes(name: string, some: Parameters<typeof temporaryLedger>[1]): Promise<readonly number[]> {
  const ledger = await temporaryLedger(name, some, [run(at('2026-01-01'), now)]);
  const found: number[] = [];
  for (const options of [{}, { 'fail-on': 'breaks' }, { 'fail-on': 'needs' }, { 'fail-on': 'any' }])
    found.push((await runCommand(reportCommand, [ledger], options, { now })).code);
  const late = { 'fail-on': 'any', since: '2026-11-25' };
  return [...found, (await runCommand(reportCommand, [ledger], late, { now })).code];
}

test('a report fails only on the rows that it was asked to fail on', async () => {
  const time = [at('2026-11-20')];
  assert.deepEqual(await codes('breaks.db', calls(time)), [0, 3, 3, 3, 0]);
  assert.deepEqual(await codes('needs.db', calls(time, { reason: 'path-v2' })), [0, 0, 3, 3, 0]);
  const always = each(at('2026-10-01'), at('2026-11-20'), 7);
  assert.deepEqual(await codes('fails.db', calls(always, {}, 'failed')), [0, 0, 0, 3, 0]);
  assert.deepEqual(await codes('outage.db', calls(time, {}, 'failed')), [0, 3, 3, 3, 0]);
  assert.deepEqual(await codes('none.db', []), [0, 0, 0, 0, 0]);
});

test('a report without any data fails on everything, because nobody can tell who is left', async () => {
  const ledger = await temporaryLedger('without-runs.db', [], []);
  const found: number[] = [];
  for (const options of [{}, { 'fail-on': 'breaks' }, { 'fail-on': 'any' }])
    found.push((await runCommand(reportCommand, [ledger], options, { now })).code);
  assert.deepEqual(found, [0, 3, 3]);
});
