import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { LinkedSet } from '../../../src/http/exchange/linked-set.ts';

test('a linked set has the values that were added and not removed, in the order of their addition', () => {
  const step = fc.oneof(fc.record({ enters: fc.nat(9) }), fc.record({ leaves: fc.nat(20) }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const roster = new LinkedSet<{ id: number }>();
      let expected: { id: number }[] = [];
      const leaves: { one: { id: number }; leave: () => boolean }[] = [];
      for (const each of steps) {
        if ('enters' in each) {
          const one = { id: each.enters };
          leaves.push({ one, leave: roster.add(one) });
          expected.push(one);
        } else {
          const chosen = leaves[each.leaves];
          if (chosen === undefined) continue;
          assert.equal(chosen.leave(), expected.includes(chosen.one));
          expected = expected.filter((one) => one !== chosen.one);
        }
        assert.deepEqual(roster.values(), expected);
        assert.ok(roster.values().every((one, index) => one === expected[index]));
        assert.equal(roster.first(), expected[0]);
        assert.equal(roster.size, expected.length);
      }
    }),
  );
});

/** Add and remove many values, as exchanges do, and return the bytes of removed ones that the old generation keeps. */
function keptBy(company: string): number {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8';
    const { LinkedSet } = await import(${JSON.stringify(new URL('../../../src/http/exchange/linked-set.ts', import.meta.url).href)});
    const company = ${company};
    const old = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space').space_used_size;
    const leaves = [];
    const come = () => {
      const one = new Array(100).fill(leaves.length);
      leaves.push(company.add(one));
    };
    for (let at = 0; at < 16; at += 1) come();
    // They are old now.
    gc({ type: 'minor' });
    gc({ type: 'minor' });
    gc();
    const before = old();
    for (let at = 0; at < 20_000; at += 1) {
      leaves.shift()();
      come();
      if (at % 500 === 0) gc({ type: 'minor' });
    }
    console.log(old() - before);`;
  const run = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  return Number(run.stdout);
}

test('values that were removed from a linked set are collected with the young generation', () => {
  const set = '{ all: new Set(), add(one) { this.all.add(one); return () => this.all.delete(one); } }';
  const [ofLinkedSet, ofSet] = [keptBy('new LinkedSet()'), keptBy(set)];
  // The values have 16 MB in all.
  assert.ok(ofLinkedSet < 1_000_000, `a linked set kept ${ofLinkedSet} bytes`);
  // If this fails, node's own Set is good enough, and can replace the linked set.
  assert.ok(ofSet > 3 * ofLinkedSet, `a Set kept ${ofSet} bytes, a linked set ${ofLinkedSet}`);
});
