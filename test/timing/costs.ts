import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import type { Message } from '../../src/schema/shapes.ts';

/**
 * The largest factor of the cost for four times the size: linear work has 4, quadratic work 16. The difference to 4 is for noise,
 * the garbage collector, and caches that become too small.
 */
const most = 10;
/** Work that is this quick is not worth measuring, in milliseconds. */
const negligibleMs = 3;
/** The time for which each work is measured, in milliseconds, and the largest number of times. */
const enoughMs = 12;
const mostTimes = 100;

type Work = () => unknown;

/** Read the processor time of this thread, in milliseconds: other processes are not in it. */
function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Measure work, often enough for the coarse ticks in which some systems count processor time. */
function costOf(work: Work): number {
  const startedAt = worked();
  for (let times = 1; ; times += 1) {
    try {
      work();
    } catch {
      // A refusal has its cost, too.
    }
    const sum = worked() - startedAt;
    if (sum >= enoughMs || times === mostTimes) return sum / times;
  }
}

type Costs = readonly [number, number, number];

function isLinear([one, , four]: Costs): boolean {
  return four < negligibleMs || four < most * Math.max(one, negligibleMs / 8);
}

/** Define a test of linear cost. It measures again where the cost does not look linear: noise goes away, a square does not. */
export function grows(what: string, size: number, make: (n: number) => Work): void {
  test(what, () => {
    const works = [1, 2, 4].map((times) => make(size * times));
    // Warm, so that the first size does not pay for the compiler.
    works.slice(0, 1).forEach((work) => costOf(work));
    let costs: Costs = [Infinity, Infinity, Infinity];
    for (let n = 0; n < 3 && (n === 0 || !isLinear(costs)); n += 1) {
      const [one = 0, two = 0, four = 0] = works.map((work) => costOf(work));
      costs = [Math.min(costs[0], one), Math.min(costs[1], two), Math.min(costs[2], four)];
    }
    const shown = costs.map((ms) => ms.toFixed(2)).join(', ');
    console.log(`# ${what}: ${shown} ms`);
    assert.ok(isLinear(costs), `${shown} ms for a size, twice and four times as much`);
  });
}

/** A message of an operation, by the operation's name. */
export const messageOf = (name: string, of: 'request' | 'answer'): Message => {
  const found = (operations as readonly Operation[]).find((operation) => operation.name === name)?.[of];
  assert.ok(found, name);
  return found;
};
/** Join pieces that differ by their number. */
export const numbered = (count: number, write: (n: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, n) => write(n)).join(between);
