import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { faultReasons } from '../../src/fault-reasons.ts';
import { needReasons } from '../../src/need-reasons.ts';
import { noteOutcomes } from '../../src/upstream/note-outcomes.ts';
import { explanations, explanationsOf } from '../../src/cli/explain/explanations.ts';
import { runProgram } from './run-program.ts';

const explain = (...args: readonly string[]): ReturnType<typeof runProgram> => runProgram(['explain', ...args]);

describe('explain', () => {
  test('a need has its meaning, its cure, and a request before and after', async () => {
    const { code, stdout, stderr } = await explain('xml-request');
    const { without, cure, before, after } = needReasons['xml-request'];
    assert.deepEqual([code, stderr], [0, '']);
    const text = stdout.replaceAll(/\s+/g, ' ');
    for (const part of [without, cure, before, after]) assert.ok(text.includes(part.replaceAll(/\s+/g, ' ')), part);
  });

  test('each need, fault reason and outcome of a note is explained', () => {
    for (const [kind, reasons] of [
      ['need', needReasons],
      ['fault', faultReasons],
      ['note', noteOutcomes],
    ] as const)
      for (const name of Object.keys(reasons)) {
        assert.ok(
          explanations.some((each) => each.kind === kind && each.name === name),
          name,
        );
        assert.ok(explanationsOf(name).length > 0, name);
      }
  });

  for (const [text, kind, name] of [
    ['spelling:accessIPv4', 'need', 'spelling'],
    ['mapped:personality', 'need', 'mapped'],
    ['accessIPv4;dropped', 'note', 'dropped'],
    ['personality;mapped="user_data"', 'note', 'mapped'],
    ['cloud-gone', 'fault', 'cloud-gone'],
    ['quota-metadata.maxItems', 'fault', 'quota-metadata.maxItems'],
  ] as const)
    test(`${text} is explained as logs, reports and header fields write it`, () => {
      assert.deepEqual(
        explanationsOf(text).map((each) => [each.kind, each.name]),
        [[kind, name]],
      );
    });

  test('without a reason it lists all of them', async () => {
    const { code, stdout } = await explain();
    assert.equal(code, 0);
    for (const name of [...Object.keys(needReasons), ...Object.keys(faultReasons), ...Object.keys(noteOutcomes)])
      assert.ok(stdout.includes(name), name);
    for (const line of stdout.split('\n')) assert.ok(line.length <= 100, line);
  });

  test('--json has the same as data', async () => {
    const { stdout } = await explain('--json', 'path-v2');
    const [{ kind, breaks, cure }] = JSON.parse(stdout) as [Record<string, unknown>];
    assert.deepEqual([kind, breaks, cure], ['need', false, needReasons['path-v2'].cure]);
    assert.equal((JSON.parse((await explain('--json')).stdout) as unknown[]).length, explanations.length);
  });

  test('an unknown reason is a usage error, with the closest names and without its own text', async () => {
    const { code, stdout, stderr } = await explain('xml-reqest');
    assert.deepEqual([code, stdout], [2, '']);
    assert.equal(stderr, 'There is no such reason. Did you mean xml-request? See: legacy-compute-gateway explain\n');
    assert.doesNotMatch((await explain('canary-token')).stderr, /canary/);
  });
});
