/** Number of loops timed at one moment; the slowest of them shows whether other processes take the cores. */
const loopsPerSample = 20;
const turnsPerLoop = 3_000_000;

/**
 * The largest time of a fixed loop ÷ its smallest that a published result may have. Processes that share the cores
 * take slices of several milliseconds, which is as long as the whole loop; a quiet machine stays near 1.
 */
export const allowedNoise = 1.25;

/** Collects times of a fixed loop, taken while no load runs. */
export class NoiseWatch {
  readonly #times: number[] = [];
  readonly #timeLoop: () => number;

  constructor(timeLoop: () => number = timeFixedLoop) {
    this.#timeLoop = timeLoop;
    // The first loops run while V8 still compiles them.
    for (let loop = 0; loop < loopsPerSample; loop += 1) timeLoop();
  }

  /** Time the loop between two measurements. */
  sample(): void {
    const times = Array.from({ length: loopsPerSample }, () => this.#timeLoop()).toSorted((a, b) => a - b);
    // The 90th percentile: a single interrupt of the kernel is not a noisy machine.
    const [fastest = Number.NaN, slow = Number.NaN] = [times[0], times[Math.floor(loopsPerSample * 0.9) - 1]];
    this.#times.push(fastest, slow);
  }

  /** The largest time ÷ the smallest of all samples; NaN without one, which is refused, too. */
  get noise(): number {
    return this.#times.length === 0 ? Number.NaN : Math.max(...this.#times) / Math.min(...this.#times);
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

/** Run the fixed loop and return its milliseconds by the clock. */
function timeFixedLoop(): number {
  const startedAt = performance.now();
  let state = 1;
  for (let turn = 0; turn < turnsPerLoop; turn += 1) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  const took = performance.now() - startedAt;
  // V8 may drop a loop whose result is unused.
  if (state === 0.5) throw new Error('an integer has no fraction');
  return took;
}
