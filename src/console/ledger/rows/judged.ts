import { dimensions, groupText, type Dimension } from '../../../way-out/groups.ts';
import { kindOfKey } from '../../../way-out/kinds.ts';
import type { KnownKey } from '../../../way-out/known-keys.ts';
import { nameOfReason } from '../../../way-out/need-of-reason.ts';
import { proofsOf } from '../../../way-out/proof.ts';
import { rowsOf } from '../../../way-out/rows.ts';
import { keyKinds, rowStates } from '../../../way-out/terms/terms.ts';
import type { KeyOnDays } from '../read/key-on-days.ts';
import type { LedgerReading } from '../read/reading.ts';
import { textOfRow, type JudgedRow } from './judged-row.ts';
import { rowsOnDays } from './on-days.ts';
import type { TableWishes } from './table-query.ts';

/** The part of the wishes that decides about the rows, before they are filtered and ordered. */
export interface Grouping extends Pick<TableWishes, 'by' | 'only' | 'kind'> {
  /** The keys of the days whose calls are counted; undefined for all days. */
  readonly onDays?: readonly KeyOnDays[] | undefined;
}

/**
 * Judge groups of keys, by kind. With some days only the groups that called on them are listed, with the numbers of these days;
 * they are judged by all days.
 */
export function judgedByKind(reading: LedgerReading, grouping: Grouping): readonly JudgedRow[] {
  const { by, only, kind, onDays } = grouping;
  if (onDays === undefined) return judgedOnAllDays(reading, grouping);
  const keys = [...new Set([...reading.keys, ...onDays.map(({ whole }) => whole)])];
  const chosen = onDays.filter(({ whole }) => isSelected(whole, { only, kind }));
  return rowsOnDays(judgedOnAllDays({ ...reading, keys }, grouping), chosen, by, reading);
}

function judgedOnAllDays(reading: LedgerReading, { by, only, kind }: Grouping): readonly JudgedRow[] {
  const keys = selectedKeys(reading, { only, kind });
  const proofs = proofsOf(reading.brownouts, reading.coverage.gaps, reading.at);
  return [...Map.groupBy(keys, kindOfKey)].flatMap(([kindOfRows, ofKind]) => {
    const groups = Map.groupBy(ofKind, ({ key }) => groupText(by, key));
    const rows = rowsOf(ofKind, { by, sinceDay: 0, now: reading.at }, reading.coverage.gaps, proofs);
    return rows.map((row) => ({ row, kind: kindOfRows, keys: groups.get(textOfRow(by, row)) ?? [] }));
  });
}

/** Judge groups of keys, one row for each group: of its kinds the one that needs the gateway most. */
export function judgedTogether(reading: LedgerReading, grouping: Grouping): readonly JudgedRow[] {
  const { by } = grouping;
  const groups = Map.groupBy(judgedByKind(reading, grouping), ({ row }) => textOfRow(by, row));
  return [...groups.values()].flatMap((ofGroup) => {
    const [strongest] = ofGroup.toSorted((one, other) => placeOf(one) - placeOf(other));
    return strongest === undefined ? [] : [{ ...strongest, keys: ofGroup.flatMap(({ keys }) => keys) }];
  });
}

/** Keep the rows that a table shows, in its order. */
export function chosenRows(
  rows: readonly JudgedRow[],
  { by, states, search, order }: Pick<TableWishes, 'by' | 'states' | 'search' | 'order'>,
): readonly JudgedRow[] {
  const compare = comparisons[order];
  return rows
    .filter(
      ({ row }) => states.includes(row.state) && (search === '' || textOfRow(by, row).toLowerCase().includes(search)),
    )
    .toSorted((a, b) => compare(a, b) || byNeed(a, b));
}

type Comparison = (a: JudgedRow, b: JudgedRow) => number;

const byNeed: Comparison = (a, b) =>
  placeOf(a) - placeOf(b) ||
  rowStates.indexOf(a.row.state) - rowStates.indexOf(b.row.state) ||
  b.row.answered - a.row.answered ||
  b.row.last - a.row.last;

const comparisons: Readonly<Record<TableWishes['order'], Comparison>> = {
  need: byNeed,
  calls: (a, b) => b.row.answered - a.row.answered,
  last: (a, b) => b.row.last - a.row.last,
  first: (a, b) => a.row.first - b.row.first,
  quiet: (a, b) => b.row.silence.overOn - a.row.silence.overOn,
  name: (a, b) => textOfRow(dimensions, a.row).localeCompare(textOfRow(dimensions, b.row), 'en'),
};

function placeOf({ kind }: JudgedRow): number {
  return keyKinds.indexOf(kind);
}

/** Select the keys of which rows are made. */
export function selectedKeys(
  { keys }: Pick<LedgerReading, 'keys'>,
  { only, kind }: Pick<TableWishes, 'only' | 'kind'>,
): readonly KnownKey[] {
  if (only.size === 0 && kind === undefined) return keys;
  return keys.filter((known) => isSelected(known, { only, kind }));
}

function isSelected(known: KnownKey, { only, kind }: Pick<TableWishes, 'only' | 'kind'>): boolean {
  return (
    (kind === undefined || kindOfKey(known) === kind) && [...only].every(([member, value]) => has(known, member, value))
  );
}

function has({ key }: KnownKey, member: Dimension, value: string): boolean {
  return key[member] === value || (member === 'reason' && nameOfReason(key.reason) === value);
}
