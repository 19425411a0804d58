import { entriesFor, type Contestants, type Entry } from './contestants.ts';
import type { Comparison } from '../workloads/workload.ts';
import type { Options } from '../rig/options.ts';
import { measure, type Measured, type Rig } from '../rig/rig.ts';

/** One contestant in one comparison at one number of connections, and what each repetition showed. */
export interface Cell extends Pick<Entry, 'contestant' | 'does'> {
  readonly comparison: string;
  readonly connections: number;
  readonly runs: Measured[];
}

/** Enough for the compiler to see each road. */
const warmUpConnections = 16;

/**
 * Measures every contestant in every comparison, in turn: those that are compared stand side by side in time, and every
 * other repetition goes the other way round.
 */
export async function measureAll(
  rig: Rig,
  contestants: Contestants,
  comparisons: readonly Comparison[],
  options: Options,
  told: (text: string) => void,
): Promise<Cell[]> {
  const blocks = options.connections.flatMap((connections) =>
    comparisons.map((comparison) =>
      entriesFor(comparison, contestants).map((entry) => ({
        entry,
        cell: cellOf(entry, comparison, connections),
      })),
    ),
  );
  told(`about ${Math.ceil(secondsOf(blocks, comparisons, contestants, options) / 60)} minutes; warming up`);
  for (const entry of warmable(comparisons, contestants)) {
    await measure(rig, entry.target, entry.exchange, {
      connections: warmUpConnections,
      seconds: options.warmUpSeconds,
    });
  }
  for (let repetition = 1; repetition <= options.repeats; repetition += 1) {
    told(`repetition ${repetition} of ${options.repeats}`);
    for (const block of blocks) {
      for (const { entry, cell } of repetition % 2 === 0 ? block.toReversed() : block) {
        const { connections } = cell;
        cell.runs.push(await measure(rig, entry.target, entry.exchange, { connections, seconds: options.seconds }));
      }
    }
  }
  return blocks.flat().map(({ cell }) => cell);
}

function cellOf({ contestant, does }: Entry, { name }: Comparison, connections: number): Cell {
  return { contestant, does, comparison: name, connections, runs: [] };
}

/** What has a compiler to warm up. */
function warmable(comparisons: readonly Comparison[], contestants: Contestants): Entry[] {
  return comparisons
    .flatMap((comparison) => entriesFor(comparison, contestants))
    .filter(({ contestant }) => contestant === 'plain' || contestant === 'gateway');
}

function secondsOf(
  blocks: readonly (readonly unknown[])[],
  comparisons: readonly Comparison[],
  contestants: Contestants,
  { seconds, repeats, warmUpSeconds }: Options,
): number {
  const startSeconds = 0.1;
  const runs = blocks.flat().length * repeats;
  return runs * (seconds + startSeconds) + warmable(comparisons, contestants).length * (warmUpSeconds + startSeconds);
}
