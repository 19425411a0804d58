import { dayNumberOf } from '../ledger/days.ts';
import type { DataGap } from './data-gaps.ts';
import { dimensions, groupsBy, type Dimension, type GroupName } from './groups.ts';
import type { KnownKey } from './known-keys.ts';
import { isBreaking } from './need-of-reason.ts';
import { isTested, type Proofs } from './proof.ts';
import { rowStates, type RowState } from './terms/terms.ts';
import { silencesBy, type Silence, type SilentGroup } from './silence.ts';

/** A row of the report. Times are in milliseconds of Unix time. */
export interface Row {
  readonly name: GroupName;
  readonly state: RowState;
  readonly answered: number;
  readonly failed: number;
  readonly first: number;
  readonly last: number;
  readonly daysSeen: number;
  readonly longestGapDays: number;
  readonly requestId: string;
  readonly breaks: boolean;
  /** How long it must still be silent. */
  readonly silence: Silence;
}

/** Make the rows of some keys: those that need the gateway most come first. */
export function rowsOf(
  keys: readonly KnownKey[],
  { by, sinceDay, now }: { readonly by: readonly Dimension[]; readonly sinceDay: number; readonly now: number },
  gaps: readonly DataGap[],
  proofs: Proofs,
): readonly Row[] {
  const today = dayNumberOf(now);
  return silencesBy(by, keys, gaps, today)
    .map((silent) => rowOf(silent, today, proofs))
    .filter(({ last }) => dayNumberOf(last) >= sinceDay)
    .toSorted(
      (a, b) => rowStates.indexOf(a.state) - rowStates.indexOf(b.state) || b.answered - a.answered || b.last - a.last,
    );
}

function rowOf(silent: SilentGroup, today: number, proofs: Proofs): Row {
  const { group, silence } = silent;
  const { name, keys, rhythm } = group;
  const latest = keys.reduce((found, key) => (key.last > found.last ? key : found));
  return {
    name,
    state: stateOf(silent, today, isTested(keys, proofs)),
    ...callsOf(keys),
    first: keys.reduce((earliest, { first }) => Math.min(earliest, first), Infinity),
    last: latest.last,
    daysSeen: rhythm.count,
    longestGapDays: rhythm.longestGap,
    requestId: latest.requestId,
    breaks: keys.some(({ key }) => isBreaking(key.reason)),
    silence,
  };
}

function stateOf({ isActive, silence }: SilentGroup, today: number, wasTested: boolean): RowState {
  if (isActive) return 'active';
  if (today < silence.overOn) return wasTested ? 'tested' : 'fading';
  return wasTested ? 'gone' : 'quiet';
}

const withoutReason = dimensions.filter((dimension) => dimension !== 'reason');

/** Count calls. One with several reasons is counted by each of them, so that only the largest of these counts. */
function callsOf(keys: readonly KnownKey[]): Pick<Row, 'answered' | 'failed'> {
  let [answered, failed] = [0, 0];
  for (const group of groupsBy(withoutReason, keys)) {
    answered += group.keys.reduce((most, key) => Math.max(most, key.answered), 0);
    failed += group.keys.reduce((most, key) => Math.max(most, key.failed), 0);
  }
  return { answered, failed };
}
