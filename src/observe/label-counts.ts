/** A counter of the metrics' library, as much of it as a tally needs. */
export interface Told {
  labels(...values: string[]): { inc(by: number): void };
}

/** Counts by the values of labels; a counter that collects is told the sums. */
export interface Tally {
  /** One more of these values, in the order of the counter's labels. */
  readonly add: (...values: readonly string[]) => void;
  /** Tells a counter what has come since it was told last. */
  readonly tell: (counter: Told) => void;
}

/** What has been counted of the values on the way to here. */
interface Branch {
  count: number;
  readonly next: Map<string, Branch>;
}

/**
 * An empty one. The library makes a text of all the labels to find a sum, and here each value leads to the next: an
 * eighth of the time. The values are of small, closed sets, so that it does not grow.
 */
export function createTally(): Tally {
  const root: Branch = { count: 0, next: new Map() };
  return {
    add: (...values) => {
      let branch = root;
      for (const value of values) branch = below(branch, value);
      branch.count += 1;
    },
    tell: (counter) => tellOf(root, [], counter),
  };
}

function below({ next }: Branch, value: string): Branch {
  const known = next.get(value);
  if (known !== undefined) return known;
  const fresh: Branch = { count: 0, next: new Map() };
  next.set(value, fresh);
  return fresh;
}

function tellOf(branch: Branch, values: readonly string[], counter: Told): void {
  if (branch.count > 0) counter.labels(...values).inc(branch.count);
  branch.count = 0;
  for (const [value, next] of branch.next) tellOf(next, [...values, value], counter);
}
