import { dayText } from '../../../ledger/days.ts';
import { groupText } from '../../../way-out/groups.ts';
import type { KnownKey } from '../../../way-out/known-keys.ts';
import { nameOfReason } from '../../../way-out/need-of-reason.ts';
import { isoText } from '../../../way-out/words/time-text.ts';
import type { NeedFigures } from '../../views/ledger-types.ts';
import type { JudgedRow } from './judged-row.ts';

/** Write the figures of a row. */
export function figuresOf({ row, kind, keys }: JudgedRow): NeedFigures {
  const { state, answered, failed, first, last, daysSeen, longestGapDays, silence, requestId } = row;
  return {
    kind,
    state,
    answered,
    failed,
    refused: refusedBy(keys),
    first: isoText(first) ?? '',
    last: isoText(last) ?? '',
    daysSeen,
    longestGapDays,
    waitDays: silence.wait.days,
    quietOn: dayText(silence.overOn),
    lastRequest: requestId,
  };
}

/** Count the calls that the retirement file refused: one with several reasons once. */
function refusedBy(keys: readonly KnownKey[]): number {
  const most = new Map<string, number>();
  for (const { key, everRefused } of keys) {
    if (everRefused === 0) continue;
    const caller = groupText(['project', 'agent', 'network', 'operation'], key);
    most.set(caller, Math.max(most.get(caller) ?? 0, everRefused));
  }
  return most.values().reduce((sum, refused) => sum + refused, 0);
}

/** Count the different values of a member of some keys. */
export function countDistinct(
  keys: readonly KnownKey[],
  member: 'project' | 'agent' | 'network' | 'operation',
): number {
  return new Set(keys.map(({ key }) => key[member])).size;
}

/** List the names of the reasons of some keys, without their members. */
export function reasonNamesOf(keys: readonly KnownKey[]): readonly string[] {
  return [...new Set(keys.map(({ key }) => nameOfReason(key.reason)))].toSorted();
}
