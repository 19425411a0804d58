import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';

/** The gateway's behaviour where it differs from legacy Nova's, and the reason. */
export interface Deviation<T> {
  readonly because: string;
  readonly instead: T;
}

/** Deviations by the name of the recording. */
export type Deviations<T> = Readonly<Record<string, Deviation<T>>>;

/** Fail for a deviation that no recording needs: there is none of the name, or it already says the same. */
export function assertAllNeeded<T>(deviations: Deviations<T>, recorded: ReadonlyMap<string, T>): void {
  const stale = Object.entries(deviations).filter(
    ([name, { instead }]) => !recorded.has(name) || isDeepStrictEqual(recorded.get(name), instead),
  );
  assert.deepEqual(
    stale.map(([name]) => name),
    [],
    'deviations that no recording needs',
  );
}
