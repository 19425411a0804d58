import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { dayMs } from '../../src/ledger/days.ts';
import { isMonthTurn } from '../../src/way-out/month-turn.ts';
import { at, brownout, calls, reportAt, run, type Call } from './simulated.ts';

const begin = at('2023-01-01');
const hour = 3_600_000;
const always = [run(begin, at('2200-01-01'))];

/**
 * A client whose next gap is at most three times its longest so far, or 95 days if it came at a month's end. Each part says how
 * much of the longest allowed gap it uses, and by what the caller changes.
 */
const client = fc.record({
  firstDay: fc.integer({ min: 0, max: 400 }),
  steps: fc.array(
    fc.record({
      part: fc.double({ min: 0.01, max: 1, noNaN: true }),
      agent: fc.constantFrom('job/1', 'job/2', 'job/3'),
      network: fc.constantFrom('192.0.2.0/24', '198.51.100.0/24'),
      hourOfDay: fc.integer({ min: 0, max: 23 }),
    }),
    { minLength: 2, maxLength: 12 },
  ),
});

type Generated = typeof client extends fc.Arbitrary<infer T> ? T : never;

function callsOf({ firstDay, steps }: Generated): readonly Call[] {
  const made: Call[] = [];
  let time = begin + firstDay * dayMs;
  let longest = 0;
  let isMonthly = false;
  for (const { part, agent, network, hourOfDay } of steps) {
    if (made.length > 0) {
      const most = Math.max(30 * dayMs, 3 * longest, isMonthly ? 95 * dayMs : 0);
      const next = Math.max(time + hour, time + Math.floor((part * most) / hour) * hour - hourOfDay * hour);
      longest = Math.max(longest, next - time);
      time = next;
    }
    isMonthly ||= isMonthTurn(Math.floor(time / dayMs));
    made.push(...calls([time], { agent, network }));
    // Gaps beyond some years say nothing new.
    if (longest > 3000 * dayMs) break;
  }
  return made;
}

/** Brownouts of a day and a half between calls, one after another: none of them hits anybody. */
function brownoutsBetween(made: readonly Call[]): ReturnType<typeof brownout>[] {
  return made.flatMap(({ time }, index) => {
    const next = made[index + 1]?.time ?? time;
    const count = Math.min(5, Math.floor((next - time - hour) / (2 * dayMs)));
    return Array.from({ length: Math.max(0, count) }, (_, nth) => brownout(time + hour + nth * 2 * dayMs, 36));
  });
}

test('no client is declared gone too early, whatever it changes, and however many brownouts passed between its calls', () => {
  fc.assert(
    fc.property(client, (generated) => {
      const made = callsOf(generated);
      const brownouts = brownoutsBetween(made);
      for (const next of made.slice(1)) {
        const now = next.time - 1;
        const { verdict, rows } = reportAt(now, { calls: made, runs: always, brownouts });
        assert.notEqual(verdict.kind, 'safe');
        assert.notEqual(verdict.kind, 'announce');
        for (const row of rows.needing) assert.notEqual(row.state, 'gone');
      }
    }),
    { numRuns: 300 },
  );
});

test('a client is gone at last: after its wait and a brownout it is safe', () => {
  fc.assert(
    fc.property(client, (generated) => {
      const made = callsOf(generated);
      const last = made.at(-1)?.time ?? 0;
      const { verdict } = reportAt(last + 40_000 * dayMs, {
        calls: made,
        runs: always,
        brownouts: [brownout(last + dayMs)],
      });
      assert.equal(verdict.kind, 'safe');
    }),
    { numRuns: 100 },
  );
});
