/** The median and the deviation of several values. */
export interface Spread {
  readonly median: number;
  /** The median absolute deviation: half of the values are at most this far from the median. */
  readonly mad: number;
}

/** Compute the spread of the known values; undefined if there are none. */
export function spreadOf(values: readonly (number | undefined)[]): Spread | undefined {
  const known = values.filter((value) => value !== undefined).filter(Number.isFinite);
  if (known.length === 0) return undefined;
  const median = medianOf(known);
  return { median, mad: medianOf(known.map((value) => Math.abs(value - median))) };
}

/** Compute the spread of a function of two runs of the same repetition, which a slower machine affects alike. */
export function pairedSpread<T>(
  ours: readonly T[],
  theirs: readonly T[],
  of: (our: T, their: T) => number | undefined,
): Spread | undefined {
  return spreadOf(ours.map((our, index) => (theirs[index] === undefined ? undefined : of(our, theirs[index]))));
}

/** Divide two values; undefined unless both are known. */
export function quotient(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one / other;
}

/** Subtract two values; undefined unless both are known. */
export function difference(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one - other;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}
