/** The middle of several values, and how far they lie from it. */
export interface Spread {
  readonly median: number;
  /** The median absolute deviation: half of the values are nearer to the median than this. */
  readonly mad: number;
}

/** The spread of values; undefined for none. */
export function spreadOf(values: readonly (number | undefined)[]): Spread | undefined {
  const known = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  if (known.length === 0) return undefined;
  const median = medianOf(known);
  return { median, mad: medianOf(known.map((value) => Math.abs(value - median))) };
}

/** The spread of what two runs of the same repetition make together: a machine that slows down slows both. */
export function pairedSpread<T>(
  ours: readonly T[],
  theirs: readonly T[],
  of: (our: T, their: T) => number | undefined,
): Spread | undefined {
  return spreadOf(ours.map((our, index) => (theirs[index] === undefined ? undefined : of(our, theirs[index]))));
}

/** A quotient, where both are known. */
export function quotient(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one / other;
}

/** A difference, where both are known. */
export function difference(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one - other;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}
