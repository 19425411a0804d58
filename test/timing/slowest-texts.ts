import assert from 'node:assert/strict';
import type { Random } from '../promises/random.ts';
import { hostileTexts, type HostileText, type Vocabulary } from '../support/hostile-texts.ts';

/** The longest time that any input may hold the event loop, in milliseconds of processor time. */
export const mostHeldMs = 100;
/** The largest factor of the cost for twice the size; for four times the size it is squared. */
const mostGrowth = 2.5;
/** Work below this time is not compared with that of other sizes, in milliseconds: the clock's ticks and garbage collection falsify it. */
const measurableMs = 20;
/** Work below this time, as nearly all is, is measured only once, in milliseconds. */
const quickMs = 5;
const mostTimes = 5;
/** The repetitions of work that is little above the longest time: neighbours of a shared machine can double what five runs take. */
const mostTimesAbove = 20;

/** Work on a text, the longest text that can reach it, and the words that it is sensitive to. */
export interface Target {
  readonly name: string;
  readonly vocabulary: Vocabulary;
  /** The longest text, in characters. */
  readonly most: number;
  /** Prepare the work on a text: what is prepared is not measured. A promise of the work must not wait for the event loop. */
  readonly prepare: (text: string) => () => unknown;
}

/** A text, and the cost of the work on it. */
export interface Cost {
  readonly text: HostileText;
  /** The processor time of the work on the longest text, in milliseconds. */
  readonly ms: number;
  /** The reason why it is too much; undefined if it is not. */
  readonly fault?: string;
}

/** Measure the work on random texts. @returns the costs, the dearest first */
export async function slowestTexts(target: Target, random: Random, count: number): Promise<readonly Cost[]> {
  const costs: Cost[] = [];
  let left = count;
  for (const text of hostileTexts(target.vocabulary, random)) {
    if (left === 0) break;
    left -= 1;
    costs.push(await costOfText(target, text));
  }
  return costs.toSorted((a, b) => Number(b.fault !== undefined) - Number(a.fault !== undefined) || b.ms - a.ms);
}

/**
 * Assert that no random text costs more than its length, or holds the event loop for too long.
 * @param shown the number of the dearest texts that are printed
 */
export async function assertNoneHolds(target: Target, random: Random, count: number, shown: number): Promise<void> {
  const costs = await slowestTexts(target, random, count);
  for (const { text, ms } of costs.slice(0, shown)) console.log(`# ${ms.toFixed(1)} ms: ${text.name}`);
  const faults = costs.filter(({ fault }) => fault !== undefined);
  assert.deepEqual(
    faults.slice(0, 10).map(({ text, fault }) => `${fault}: ${text.name}`),
    [],
  );
}

/**
 * Measure the work on one text, and compare it with that on a quarter of it where it can be measured. A sixteenth comes first:
 * what costs the square of its length would take minutes.
 */
export async function costOfText({ most, prepare }: Target, text: HostileText): Promise<Cost> {
  let quarter = 0;
  let ms = 0;
  for (const part of [16, 4, 1]) {
    quarter = ms;
    ms = await least(() => prepare(text.write(most / part)), quickMs);
    if (ms > mostHeldMs) return { text, ms, fault: `1/${part} of the longest holds the loop for ${Math.round(ms)} ms` };
  }
  if (ms <= measurableMs) return { text, ms };
  const growth = Math.sqrt(ms / Math.max(quarter, measurableMs / 16));
  if (growth <= mostGrowth) return { text, ms };
  quarter = await least(() => prepare(text.write(most / 4)), 0);
  ms = await least(() => prepare(text.write(most)), 0);
  const again = Math.sqrt(ms / Math.max(quarter, measurableMs / 16));
  if (ms <= measurableMs || again <= mostGrowth) return { text, ms };
  return { text, ms, fault: `twice the size costs ${again.toFixed(1)} times as much, at ${ms.toFixed(1)} ms` };
}

/** Measure work several times, and take the least, which has the least noise. Work below `enough` is measured only once. */
async function least(prepare: () => () => unknown, enough: number): Promise<number> {
  let ms = Infinity;
  const times = () => (ms > mostHeldMs && ms < 2 * mostHeldMs ? mostTimesAbove : mostTimes);
  for (let n = 0; n < times() && ms >= enough; n += 1) {
    const work = prepare();
    const stop = startClock();
    try {
      await work();
    } catch {
      // A refusal has its cost, too.
    }
    ms = Math.min(ms, stop());
  }
  return ms;
}

/** Some systems count processor time in ticks of 4 ms: a shorter time is that of the clock, in milliseconds. */
const coarseMs = 20;

/**
 * Start to measure this thread. @returns the function that reads the milliseconds since then: of the processor, which other
 * processes do not add to, or of the clock if they are few
 */
export function startClock(): () => number {
  const start = process.threadCpuUsage();
  const startedAt = performance.now();
  return () => {
    const passed = performance.now() - startedAt;
    const end = process.threadCpuUsage();
    const worked = (end.user - start.user + end.system - start.system) / 1000;
    return worked < coarseMs ? Math.min(passed, coarseMs) : worked;
  };
}
