// Guards: the ledger's part of the processor time of a request (docs/ledger.md), and src/ledger/count/caller-names.ts.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { CountedNeeds } from '../../src/ledger/count/counted-needs.ts';
import { Tally } from '../../src/ledger/count/tally.ts';

/**
 * The largest cost of a count, in microseconds: 2 % of the 150 us that a rebuild takes in bench/results. A quiet machine needs 0.4,
 * one with busy neighbours twice as much.
 */
const most = 3;
const repeats = 10;
const perRepeat = 10_000;

/** The callers of a fleet, each with texts of its own, as a parser of HTTP makes them. */
const callers = Array.from({ length: 50 }, (_, n) => ({
  project: Buffer.from(`${n}e0d1f7a9c3b24f58a6d0c1e2f3a4b5c`).toString(),
  agent: `jclouds/1.${n} java/1.7.0_${n}`,
  client: `192.0.2.${n}`,
}));

/** Measure counts of calls with two needs each. @returns the least of several runs, in microseconds of this thread's processor time */
function costOfCount(callerOf: (n: number) => Pick<CountedNeeds, 'project' | 'agent' | 'client'>): number {
  const tally = new Tally({ maxKeys: 10_000, now: Date.now, onFull: () => undefined });
  let least = Infinity;
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const calls = Array.from({ length: perRepeat }, (_, n): CountedNeeds => {
      const { project, agent, client } = callerOf(repeat * perRepeat + n);
      const answer = { status: 202, cloudStatus: 202, requestId: 'r' };
      // A copy, whose hash V8 has not computed yet.
      return {
        project: `${project}`,
        agent,
        client,
        operation: 'rebuild',
        needs: ['xml-request', 'xml-answer'],
        ...answer,
      };
    });
    const before = process.threadCpuUsage();
    for (const call of calls) tally.count(call);
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / perRepeat);
  }
  return least;
}

test(`counting the needs of a call takes at most ${most} us, which is 2 % of a rebuild`, (context: TestContext) => {
  const cost = costOfCount((n) => callers[n % callers.length] ?? { project: '', agent: '', client: '' });
  context.diagnostic(`${cost.toFixed(2)} us`);
  assert.ok(cost <= most, `${cost.toFixed(2)} us`);
});

test('callers that invent a name for each call cost the ledger a few microseconds each, not more and more', (context) => {
  const cost = costOfCount((n) => ({ project: `project-${n}`, agent: `agent-${n}`, client: '192.0.2.1' }));
  context.diagnostic(`${cost.toFixed(2)} us`);
  assert.ok(cost <= 4 * most, `${cost.toFixed(2)} us`);
});
