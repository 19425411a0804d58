import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runProgram } from '../cli/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'retire-'));
after(() => rmSync(folder, { recursive: true }));
const example = join(import.meta.dirname, '../../examples/retire.json');

test('retire show says what the file says, when brownouts come, and what is in force', async () => {
  const { code, stdout, stderr } = await runProgram([
    'retire',
    'show',
    '--at',
    '2027-07-06T11:00',
    '--next',
    '2',
    example,
  ]);
  assert.deepEqual([code, stderr], [0, '']);
  for (const line of [
    'Deprecated since  2026-12-31T23:00:00Z (2027-01-01 00:00)',
    'Sunset            2027-08-31T22:00:00Z (2027-09-01 00:00)',
    '  laboratory: from 2027-04-30T22:00:00Z (2027-05-01 00:00): project 7459f9935ed2422eb9800fea1d4d9378',
    '  mondays: every first Monday of a month, 10:00 to 16:00 Europe/Berlin, from 2027-07-01, until 2027-08-31: all, but for network 192.0.2.0/24',
    '  2027-07-05T22:00:00Z to 2027-07-06T22:00:00Z  2027-07-06 00:00 to 2027-07-07 00:00 Europe/Berlin  1 d  first day',
    '  2027-08-02T08:00:00Z to 2027-08-02T14:00:00Z  2027-08-02 10:00 to 2027-08-02 16:00 Europe/Berlin  6 h  mondays',
    'At 2027-07-06T09:00:00Z (2027-07-06 11:00):',
    '  the rule laboratory refuses',
    '  the brownout first day refuses until 2027-07-06T22:00:00Z (2027-07-07 00:00)',
    '  the next change is at 2027-07-06T22:00:00Z (2027-07-07 00:00)',
    '  Deprecation: @1798758000',
    '  Sunset: Tue, 31 Aug 2027 22:00:00 GMT',
    '  Link: <https://docs.example.org/legacy-gateway>; rel="deprecation"; type="text/html"',
  ])
    assert.ok(stdout.split('\n').includes(line), `${line}\n\n${stdout}`);
});

test('retire show --json has the same, and the file of the setting', async () => {
  const { code, stdout } = await runProgram(['retire', 'show', '--json', '--at', '2027-07-06T11:00Z', '--next', '1'], {
    environment: { GATEWAY_RETIRE: example },
  });
  assert.equal(code, 0);
  const shown = JSON.parse(stdout) as Record<string, unknown>;
  assert.deepEqual(
    [shown['sunset'], shown['nextChange'], shown['timeZone']],
    ['2027-08-31T22:00:00Z', '2027-07-06T22:00:00Z', 'Europe/Berlin'],
  );
  assert.deepEqual(shown['calendar'], [
    {
      name: 'first day',
      from: '2027-07-05T22:00:00Z',
      to: '2027-07-06T22:00:00Z',
      localFrom: '2027-07-06 00:00',
      localTo: '2027-07-07 00:00',
    },
  ]);
});

test('retire show ends with 2 for a file with mistakes, for none, and for a time that is none', async () => {
  const path = join(folder, 'wrong.json');
  writeFileSync(path, '{"rules": 1, "x": 2}');
  const wrong = await runProgram(['retire', 'show', path]);
  assert.equal(wrong.code, 2);
  assert.match(
    wrong.stderr,
    /wrong\.json has mistakes:\n {2}- x is no member of the file.*\n {2}- rules is 1; it must be a list/,
  );
  const none = await runProgram(['retire', 'show']);
  assert.deepEqual([none.code, none.stdout], [2, '']);
  assert.match(none.stderr, /Name a retirement file, or set GATEWAY_RETIRE/);
  const time = await runProgram(['retire', 'show', '--at', 'soon', example]);
  assert.equal(time.code, 2);
  assert.match(time.stderr, /The value of --at is not allowed: it must be a date/);
  assert.equal((await runProgram(['retire', 'show', '--next', '0', example])).code, 2);
});

test('a start and --check with a broken file end with 2, and list every mistake', async () => {
  const path = join(folder, 'broken.json');
  writeFileSync(path, '{"sunset": "2027-02-29", "link": "//example.org"}');
  const environment = {
    GATEWAY_UPSTREAM_URL: 'http://127.0.0.1:1',
    GATEWAY_UPSTREAM_PROFILE: 'nova',
    GATEWAY_PORT: '0',
    GATEWAY_ADMIN_PORT: '0',
    GATEWAY_RETIRE: path,
  };
  const wanted = [
    `  - GATEWAY_RETIRE is "${path}"; in that file: sunset is "2027-02-29"; February 2027 has the days from 01 to 28.`,
    `  - GATEWAY_RETIRE is "${path}"; in that file: link is "//example.org"; it must be a URL of http or https, such as https://docs.example.org/way-out.`,
  ];
  for (const args of [['check'], ['--check'], []]) {
    const { code, stderr } = await runProgram(args, { environment });
    assert.equal(code, 2, args.join(' '));
    assert.deepEqual(
      stderr.split('\n').filter((line) => line.startsWith('  - ')),
      wanted,
    );
  }
  const good = await runProgram(['--check'], { environment: { ...environment, GATEWAY_RETIRE: example } });
  assert.deepEqual([good.code, good.stdout], [0, 'The configuration is good.\n']);
});

test('retire show reads the standard input, and names its mistakes', async () => {
  const good = await runProgram(['retire', 'show', '-'], { stdin: '{"sunset": "2027-09-01"}' });
  assert.deepEqual([good.code, good.stderr], [0, '']);
  assert.match(good.stdout, /^Sunset +2027-09-01T00:00:00Z/m);
  const bad = await runProgram(['retire', 'show', '-'], { stdin: '{"sunset": "soon"}' });
  assert.equal(bad.code, 2);
  assert.match(bad.stderr, /^The standard input has mistakes:\n {2}- sunset is/);
});
