import type { DataGap } from './data-gaps.ts';
import { finerGroupings, groupsBy, groupText, type Dimension, type GroupName, type KeyGroup } from './groups.ts';
import type { KnownKey } from './known-keys.ts';
import { waitOf, type Wait } from './wait.ts';

/** The shortest silence, in days, that tells something about a client: a weekend with a holiday is none. */
const leastSilenceDays = 7;

/** The silence of a group of keys, or of those of its finer groups that must be waited for longest. */
export interface Silence {
  /** The group that must be waited for. A client may come back with another agent or network, so coarse and fine ones count. */
  readonly of: GroupName;
  /** The numbers of its last day, and of the first day on which its silence is long enough. */
  readonly lastDay: number;
  readonly overOn: number;
  readonly wait: Wait;
  readonly longestGap: number;
  /** True if a day without data came in the wait: it began again after it. */
  readonly isProlonged: boolean;
}

/** A group, and how long it must still be silent. */
export interface SilentGroup {
  readonly group: KeyGroup;
  readonly silence: Silence;
  /** True if one of its finer groups may be between two of its usual calls. */
  readonly isActive: boolean;
}

/**
 * Find for each group of a grouping how long it must be silent: as long as any of its finer groups, so that neither a rare
 * client among busy ones nor one whose agent changes with each call is overlooked.
 */
export function silencesBy(
  by: readonly Dimension[],
  keys: readonly KnownKey[],
  gaps: readonly DataGap[],
  today: number,
): readonly SilentGroup[] {
  const found = new Map<string, SilentGroup>();
  for (const finer of finerGroupings(by)) {
    for (const group of groupsBy(finer, keys)) {
      const [member] = group.keys;
      if (member === undefined) continue;
      const name = groupText(by, member.key);
      const silence = silenceOf(group, gaps);
      const isActive = today - group.rhythm.last <= Math.max(leastSilenceDays, group.rhythm.longestGap);
      const former = found.get(name);
      // The first grouping is the coarsest, whose groups are the result.
      if (former === undefined) found.set(name, { group, silence, isActive });
      else
        found.set(name, { ...former, silence: later(former.silence, silence), isActive: former.isActive || isActive });
    }
  }
  return [...found.values()];
}

function later(one: Silence, other: Silence): Silence {
  return other.overOn > one.overOn ? other : one;
}

function silenceOf({ name, rhythm }: KeyGroup, gaps: readonly DataGap[]): Silence {
  const wait = waitOf(rhythm);
  const { overOn, isProlonged } = waitedFrom(rhythm.last, wait.days, gaps);
  return { of: name, lastDay: rhythm.last, overOn, wait, longestGap: rhythm.longestGap, isProlonged };
}

/**
 * Return the first day on which a silence after a day has been long enough. A client may have called on a day without data that
 * comes before, so that the wait begins again after it. @param gaps in the order of their days
 */
export function waitedFrom(
  lastDay: number,
  days: number,
  gaps: readonly DataGap[],
): { readonly overOn: number; readonly isProlonged: boolean } {
  let overOn = lastDay + days + 1;
  let isProlonged = false;
  for (const { first, last } of gaps) {
    if (last <= lastDay || first >= overOn) continue;
    overOn = Math.max(overOn, last + days + 1);
    isProlonged = true;
  }
  return { overOn, isProlonged };
}
