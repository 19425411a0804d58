import type { LedgerKey } from '../ledger/entry.ts';
import type { KnownKey } from './known-keys.ts';
import { SeenDays, type Rhythm } from './seen-days.ts';

/** The members of a key, by which the keys are grouped. */
export const dimensions = ['project', 'agent', 'network', 'operation', 'reason'] as const;

/** A member of a key. */
export type Dimension = (typeof dimensions)[number];

/** The members by which a group was made. A group of all keys has none. */
export type GroupName = Partial<LedgerKey>;

/** Keys that agree in some members, and the days on which any of them was seen. */
export interface KeyGroup {
  readonly name: GroupName;
  readonly keys: readonly KnownKey[];
  readonly rhythm: Rhythm;
}

/** Group keys by members. */
export function groupsBy(by: readonly Dimension[], keys: readonly KnownKey[]): readonly KeyGroup[] {
  return [...Map.groupBy(keys, ({ key }) => groupText(by, key)).values()].map((members) => groupOf(by, members));
}

/** List the finer groupings of a grouping, itself included: it has all its members, and any of the others. */
export function finerGroupings(by: readonly Dimension[]): readonly (readonly Dimension[])[] {
  let found: readonly (readonly Dimension[])[] = [by];
  for (const dimension of dimensions) {
    if (!by.includes(dimension)) found = found.concat(found.map((each) => [...each, dimension]));
  }
  return found;
}

/** Join members of a key to one text. */
export function groupText(by: readonly Dimension[], key: LedgerKey): string {
  return by.map((dimension) => key[dimension]).join('\n');
}

function groupOf(by: readonly Dimension[], keys: readonly KnownKey[]): KeyGroup {
  const [first] = keys;
  const name = Object.fromEntries(by.map((dimension) => [dimension, first?.key[dimension]]));
  return { name, keys, rhythm: rhythmOf(keys) };
}

function rhythmOf(keys: readonly KnownKey[]): Rhythm {
  // Most fine groups have one key, whose summary is known.
  const [first, second] = keys;
  const days = second === undefined && first !== undefined ? first.days : new SeenDays();
  if (second !== undefined) for (const key of keys) days.addAll(key.days);
  return days.rhythm() ?? { first: 0, last: 0, count: 0, longestGap: 0, wasAtMonthTurn: false };
}
