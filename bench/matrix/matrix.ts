import type { Options } from '../rig/options.ts';
import { measure, type Measured, type Rig } from '../rig/rig.ts';
import type { Comparison } from '../workloads/workload.ts';
import { entriesFor, type Contestants, type Entry } from './contestants.ts';

/** The runs of one contestant in one comparison with one number of connections. */
export interface Cell extends Pick<Entry, 'contestant' | 'task'> {
  readonly comparison: string;
  readonly connections: number;
  readonly runs: Measured[];
}

/** The functions that are called while measurements run. */
export interface Observer {
  readonly progress: (text: string) => void;
  /** Called between repetitions. @throws {Error} to end a run whose result could not be published */
  readonly quiet: () => void;
}

/** Enough load for V8 to compile the code of each workload. */
const warmUpConnections = 16;

/**
 * Measure every contestant in every comparison. Contestants of a comparison run one after the other, so that a change of
 * the machine affects all of them; every other repetition runs in the opposite order.
 */
export async function measureMatrix(
  rig: Rig,
  contestants: Contestants,
  comparisons: readonly Comparison[],
  options: Options,
  { progress, quiet }: Observer,
): Promise<Cell[]> {
  const blocks = options.connections.flatMap((connections) =>
    comparisons.map((comparison) =>
      entriesFor(comparison, contestants).map((entry) => ({
        entry,
        cell: cellOf(entry, comparison, connections),
      })),
    ),
  );
  progress(`about ${Math.ceil(secondsOf(blocks, comparisons, contestants, options) / 60)} minutes; warming up`);
  for (const entry of warmable(comparisons, contestants)) {
    await measure(rig, entry.target, entry.workload, {
      connections: warmUpConnections,
      seconds: options.warmUpSeconds,
    });
  }
  for (let repetition = 1; repetition <= options.repeats; repetition += 1) {
    progress(`repetition ${repetition} of ${options.repeats}`);
    for (const block of blocks) {
      for (const { entry, cell } of repetition % 2 === 0 ? block.toReversed() : block) {
        const { connections } = cell;
        cell.runs.push(await measure(rig, entry.target, entry.workload, { connections, seconds: options.seconds }));
      }
    }
    quiet();
  }
  return blocks.flat().map(({ cell }) => cell);
}

function cellOf({ contestant, task }: Entry, { name }: Comparison, connections: number): Cell {
  return { contestant, task, comparison: name, connections, runs: [] };
}

/** Select the entries that run on node, whose code must be compiled before it is measured. */
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
