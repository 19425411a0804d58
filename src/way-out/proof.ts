import type { PastBrownout } from './brownout.ts';
import { isWholeDay } from './brownout.ts';
import { dayNumberOf } from '../ledger/days.ts';
import { longestSilenceMs, type DataGap } from './data-gaps.ts';
import type { KnownKey } from './known-keys.ts';

/** The proofs that nobody is left. */
export interface Proofs {
  /** Brownouts of a day or more that are over, without a day of which calls may be missing. */
  readonly brownouts: readonly PastBrownout[];
}

/** Choose the brownouts that prove something. */
export function proofsOf(brownouts: readonly PastBrownout[], gaps: readonly DataGap[], now: number): Proofs {
  const isRecorded = ({ from, until }: PastBrownout): boolean =>
    !gaps.some(({ first, last }) => first <= dayNumberOf(until) && last >= dayNumberOf(from));
  // The last calls of a brownout are stored a while later; a run that has stored nothing for longer is a gap.
  const isStored = ({ until }: PastBrownout): boolean => until + longestSilenceMs <= now;
  return { brownouts: brownouts.filter((each) => isStored(each) && isWholeDay(each) && isRecorded(each)) };
}

/** Check that a brownout passed without some keys after they were last seen. */
export function isTested(keys: readonly KnownKey[], { brownouts }: Proofs): boolean {
  const last = keys.reduce((latest, key) => Math.max(latest, key.last), -Infinity);
  return brownouts.some(({ from, covers }) => from > last && keys.every(({ key }) => covers(key)));
}

/** Check that a brownout for everybody hit nobody after a time. */
export function isProven(after: number, { brownouts }: Proofs): boolean {
  return brownouts.some(({ from, isForAll }) => isForAll && from > after);
}
