import { dayText } from '../../../ledger/days.ts';
import type { Dimension } from '../../../way-out/groups.ts';
import type { Row } from '../../../way-out/rows.ts';
import { minuteText } from '../../../way-out/words/time-text.ts';

/** A column of a table. */
export interface Column {
  readonly title: string;
  readonly isNumber: boolean;
  /** The order in which columns are left out where there is no room: that with the largest number first; 0 stays. */
  readonly leaveOut: number;
  /** True for a text of a caller, which may be cut where there is no room. */
  readonly isOfCaller: boolean;
  readonly cell: (row: Row) => string;
}

/** Return the columns for the members by which a report is made. */
export function columnsBy(by: readonly Dimension[]): readonly Column[] {
  return [...by.map(memberColumn), ...countColumns];
}

function memberColumn(dimension: Dimension): Column {
  return {
    title: dimension,
    isNumber: false,
    leaveOut: 0,
    isOfCaller: true,
    cell: ({ name }) => name[dimension] || '(none)',
  };
}

const text = { isNumber: false, isOfCaller: false } as const;
const number = { isNumber: true, isOfCaller: false } as const;

const countColumns: readonly Column[] = [
  { ...text, title: 'state', leaveOut: 0, cell: ({ state }) => state },
  { ...number, title: 'answered', leaveOut: 0, cell: ({ answered }) => String(answered) },
  { ...number, title: 'failed', leaveOut: 3, cell: ({ failed }) => String(failed) },
  { ...text, title: 'first', leaveOut: 5, cell: ({ first }) => minuteText(first) },
  { ...text, title: 'last', leaveOut: 0, cell: ({ last }) => minuteText(last) },
  { ...number, title: 'days', leaveOut: 4, cell: ({ daysSeen }) => String(daysSeen) },
  { ...number, title: 'longest gap', leaveOut: 2, cell: ({ longestGapDays }) => String(longestGapDays) },
  { ...text, title: 'quiet on', leaveOut: 1, cell: ({ silence }) => dayText(silence.overOn) },
  { ...text, title: 'last request', leaveOut: 6, cell: ({ requestId }) => requestId },
];
