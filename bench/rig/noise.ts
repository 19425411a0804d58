import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Cores } from '../processes/machine.ts';

/**
 * The largest time of a fixed loop ÷ its smallest that a published result may have. Processes that share a core
 * take slices of several milliseconds, which is as long as the whole loop; a quiet machine stays near 1.
 */
export const allowedNoise = 1.25;

/** Returns the milliseconds of a fixed loop that is run several times on one core. */
export type LoopTimer = () => readonly number[];

/** Create a timer for each core of the measurements, because a process on one core leaves the other quiet. */
export function timersFor({ gateway, others }: Cores): LoopTimer[] {
  const program = [process.execPath, join(import.meta.dirname, 'fixed-loop.ts')];
  const pinned = [gateway, others]
    .filter((core) => core !== undefined)
    .map((core) => ['taskset', '-c', core, ...program]);
  return (pinned.length > 0 ? pinned : [program]).map(([command = '', ...args]) => () => {
    // The cast is safe: fixed-loop.ts prints numbers only.
    return JSON.parse(execFileSync(command, args, { encoding: 'utf8' })) as number[];
  });
}

/** Collects times of a fixed loop, taken while no load runs. */
export class NoiseWatch {
  readonly #cores: readonly { readonly timer: LoopTimer; readonly times: number[] }[];

  constructor(timers: readonly LoopTimer[]) {
    this.#cores = timers.map((timer) => ({ timer, times: [] }));
  }

  /** Time the loop on each core, between two measurements. */
  sample(): void {
    for (const { timer, times } of this.#cores) {
      const sorted = timer().toSorted((a, b) => a - b);
      // The 90th percentile: a single interrupt of the kernel is not a noisy machine.
      times.push(sorted[0] ?? Number.NaN, sorted[Math.ceil(sorted.length * 0.9) - 1] ?? Number.NaN);
    }
  }

  /** The largest time ÷ the smallest of all samples, on the noisiest core; NaN without a sample, which is refused, too. */
  get noise(): number {
    return Math.max(
      ...this.#cores.map(({ times }) => (times.length === 0 ? Number.NaN : Math.max(...times) / Math.min(...times))),
    );
  }

  /** @throws {Error} if the times differ by more than `allowedNoise` */
  assertQuiet(): void {
    const { noise } = this;
    if (noise <= allowedNoise) return;
    throw new Error(
      `not published: the machine is noisy. The slowest fixed loop took ${noise.toFixed(2)} times the fastest; at most ${allowedNoise} is allowed`,
    );
  }
}
