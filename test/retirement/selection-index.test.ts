// Protects selection-index.ts: what is looked up is what a search would find, and its cost does not grow with the file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { networkRangeIn } from '../../src/retirement/network-range.ts';
import { readRetirement } from '../../src/retirement/read/read-retirement.ts';
import type { RetirementFile } from '../../src/retirement/retirement-file.ts';
import { Retirement } from '../../src/retirement/retirement.ts';
import { SelectionIndex } from '../../src/retirement/selection-index.ts';
import { notKnown, selectionCheck, type Selection, type Subject } from '../../src/retirement/selection.ts';

function fileOf(content: unknown): RetirementFile {
  const read = readRetirement(content);
  return 'file' in read ? read.file : assert.fail(read.mistakes.join('\n'));
}

const subject = (given: Partial<Subject>): Subject => ({
  project: 'p1',
  agent: 'python-novaclient',
  reasons: ['xml-request'],
  network: networkRangeIn('192.0.2.7') ?? assert.fail(),
  ...given,
});

test('a decision among thousands of rules and exceptions of one project takes some microseconds', () => {
  const clients = Array.from({ length: 4000 }, (_, at) => ({ project: 'p1', agent: `job/${at}`, from: '2027-01-01' }));
  const patterns = Array.from({ length: 450 }, (_, at) => ({ project: 'p1', agent: `x${at}*`, from: '2027-01-01' }));
  const except = clients.map(({ project, agent }) => ({ project, agent: `not-${agent}` }));
  const retirement = new Retirement(fileOf({ rules: [...clients, ...patterns], except }));
  const instant = Date.parse('2027-03-01T11:00Z');
  const decide = (): number => {
    const started = process.threadCpuUsage();
    for (let at = 0; at < 1000; at += 1) {
      assert.equal(retirement.decide(subject({ project: 'p1', agent: 'job/3999' }), instant)?.name, 'rules.3999');
      assert.equal(retirement.decide(subject({ project: 'p1', agent: 'not-job/3999' }), instant), undefined);
    }
    const { user, system } = process.threadCpuUsage(started);
    return (user + system) / 1000;
  };
  decide();
  assert.ok(Math.min(...Array.from({ length: 10 }, decide)) < 100, 'below 50 us each');
});

test('a request without a User-Agent is selected by (none) and by a star, and no other is', () => {
  const file = fileOf({ rules: [{ name: 'none', agent: ['(none)', 'curl/*'], from: '2027-01-01' }] });
  const nameFor = (agent: string): string | undefined =>
    new Retirement(file).decide(subject({ agent }), Date.parse('2027-03-01T11:00Z'))?.name;
  assert.deepEqual(['', '(none)', 'curl/8', 'Java'].map(nameFor), ['none', undefined, 'none', undefined]);
  assert.deepEqual(
    new Retirement(file).hitsOf(subject({ agent: '' })).map(({ match }) => match),
    ['yes'],
  );
});

test('an index finds the same as a search through all selections', () => {
  const agents = fc.constantFrom('', 'a', 'b', 'ab');
  const projects = fc.constantFrom('p1', 'p2');
  const selection = fc.record(
    {
      project: fc.array(projects, { minLength: 1, maxLength: 2 }),
      agent: fc.array(fc.constantFrom('a', 'b', 'a*', '(none)'), { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: [] },
  );
  const asked = fc.record({
    project: fc.option(fc.oneof(projects, fc.constant(notKnown)), { nil: undefined }),
    agent: fc.oneof(agents, fc.constant(notKnown)),
  });
  fc.assert(
    fc.property(fc.array(selection, { maxLength: 8 }), asked, (selections, who) => {
      const row = { network: notKnown, reasons: ['suffix'], ...who } as const;
      const items: readonly { readonly selection: Selection }[] = selections.map((each) => ({ selection: each }));
      const hits = (some: Iterable<{ readonly selection: Selection }>): readonly number[] =>
        [...some]
          .filter((each) => selectionCheck(each.selection)(row) !== 'no')
          .map((each) => items.indexOf(each))
          .toSorted((one, other) => one - other);
      assert.deepEqual(hits(new SelectionIndex(items).about(row)), hits(items));
    }),
    { numRuns: 500 },
  );
});
