import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { commands } from '../../src/cli/program/commands.ts';
import { exitCodesOf, optionTerm, wholeHelp } from '../../src/cli/help-text.ts';
import { runProgram, runShell } from './run-program.ts';

describe('the command line', () => {
  for (const args of [['--help'], ['-h'], ['help']])
    test(`${args.join(' ')} lists each command with one line, and fits a screen of 24 lines`, async () => {
      const { code, stdout, stderr } = await runProgram(args);
      assert.deepEqual([code, stderr], [0, '']);
      const lines = stdout.split('\n');
      assert.ok(lines.length <= 24, stdout);
      for (const line of lines) assert.ok(line.length <= 80, line);
      for (const { name, summary } of commands)
        assert.ok(
          lines.some((line) => line.trim().startsWith(name) && line.endsWith(summary)),
          name,
        );
    });

  test('a narrow terminal gets lines of its width', () => {
    for (const line of wholeHelp(commands, 60).split('\n')) assert.ok(line.length <= 60, line);
  });

  for (const command of commands.filter(({ name }) => name !== 'serve'))
    test(`${command.name} --help has its options, exit codes and examples, as help ${command.name} does`, async () => {
      const words = command.name.split(' ');
      const { code, stdout, stderr } = await runProgram([...words, '--help']);
      assert.deepEqual([code, stderr], [0, '']);
      for (const option of command.options) assert.ok(stdout.includes(`  ${optionTerm(option)} `), option.name);
      for (const exit of exitCodesOf(command)) assert.match(stdout, new RegExp(`^  ${exit.code}  `, 'm'));
      for (const example of command.examples) assert.ok(stdout.includes(`  ${example}\n`), example);
      assert.equal((await runProgram(['help', ...words])).stdout, stdout);
    });

  test('a misspelled command or option gets a suggestion, and nothing on standard output', async () => {
    assert.deepEqual(await runProgram(['chekc']), {
      code: 2,
      stdout: '',
      stderr: 'There is no such command. Did you mean check? See: legacy-compute-gateway --help\n',
    });
    assert.deepEqual(await runProgram(['check', '--jsno']), {
      code: 2,
      stdout: '',
      stderr:
        '--jsno is not an option of this command. Did you mean --json? See: legacy-compute-gateway check --help\n',
    });
    assert.equal((await runProgram(['help', 'chekc'])).code, 2);
  });

  test('no message repeats an argument, which may be a secret', async () => {
    for (const args of [
      ['canary-secret'],
      ['help', 'canary-secret'],
      ['check', 'canary-secret'],
      ['check', '--token=canary-secret'],
      ['check', '--json=canary-secret'],
      ['check', '-canary-secret'],
    ]) {
      const { code, stdout, stderr } = await runProgram(args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.doesNotMatch(stderr, /canary|secret/, stderr);
      assert.match(stderr, /^\S.*See: .* --help\n$/);
    }
  });

  test('a reader that has enough ends a command quietly', async () => {
    const { code, stdout, stderr } = await runShell('$PROGRAM version --json | true; echo ${PIPESTATUS[0]}');
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^(?:0|141)\n$/);
  });

  test('a full disk is named, and the exit code is 2', async () => {
    const { code, stderr } = await runShell('$PROGRAM version --json > /dev/full');
    assert.deepEqual([code, stderr], [2, 'The output cannot be written (ENOSPC).\n']);
  });
});

describe('version', () => {
  test('--json has the version, that of node, the profiles and the number of operations', async () => {
    const { code, stdout } = await runProgram(['version', '--json']);
    assert.equal(code, 0);
    const { version, node, profiles } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual([`${String(version)}\n`, node], [(await runProgram(['version'])).stdout, process.versions.node]);
    assert.deepEqual(profiles, ['ecs', 'nova']);
  });
});

describe('check', () => {
  const good = { GATEWAY_UPSTREAM_URL: 'http://127.0.0.1:1', GATEWAY_UPSTREAM_PROFILE: 'nova' };

  test('does what --check does', async () => {
    for (const environment of [good, {}, { ...good, GATEWAY_WORKRES: '2' }])
      assert.deepEqual(await runProgram(['check'], { environment }), await runProgram(['--check'], { environment }));
  });

  test('--json has mistakes, what is missing, warnings and the steps to the cloud', async () => {
    const { code, stdout, stderr } = await runProgram(['check', '--reach', '--json'], {
      environment: { ...good, GATEWAY_WORKRES: '2' },
    });
    assert.deepEqual([code, stderr], [2, '']);
    const { isOk, mistakes, missing, warnings, reach } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual([isOk, mistakes, missing], [false, [], []]);
    assert.deepEqual(warnings, ['Unknown settings are ignored: GATEWAY_WORKRES.']);
    assert.deepEqual(
      (reach as readonly { step: string; isOk: boolean }[]).map(({ step, isOk }) => [step, isOk]),
      [
        ['DNS', true],
        ['TCP', false],
      ],
    );
  });

  test('--json of mistakes lists them, with exit code 2', async () => {
    const { code, stdout, stderr } = await runProgram(['check', '--json'], { environment: { GATEWAY_PORT: 'x' } });
    assert.deepEqual([code, stderr], [2, '']);
    const { isOk, mistakes } = JSON.parse(stdout) as { isOk: boolean; mistakes: string[] };
    assert.equal(isOk, false);
    assert.match(mistakes.join('\n'), /GATEWAY_PORT is "x"/);
  });

  test('finds a database URL of the ledger that a start would refuse, and repeats nothing of it', async () => {
    const environment = { ...good, GATEWAY_LEDGER_STORE: 'postgres://u:secret@h/d?sslmode=prefer' };
    const { code, stdout } = await runProgram(['check', '--json'], { environment });
    assert.equal(code, 2);
    assert.match(stdout, /GATEWAY_LEDGER_STORE: the URL of the ledger's database has another sslmode/);
    assert.doesNotMatch(stdout, /secret/);
  });
});
