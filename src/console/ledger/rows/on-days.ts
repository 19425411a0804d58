import { groupText, type Dimension } from '../../../way-out/groups.ts';
import { kindOfKey } from '../../../way-out/kinds.ts';
import type { Proofs } from '../../../way-out/proof.ts';
import { rowsOf, type Row } from '../../../way-out/rows.ts';
import type { KeyOnDays } from '../read/key-on-days.ts';
import type { LedgerReading } from '../read/reading.ts';
import { textOfRow, type JudgedRow } from './judged-row.ts';

/**
 * Give rows that were judged by all days the numbers of some days. Rows without a call on these days are left out.
 * @param keys those of the rows that called on the days
 */
export function rowsOnDays(
  judged: readonly JudgedRow[],
  keys: readonly KeyOnDays[],
  by: readonly Dimension[],
  { at, coverage }: Pick<LedgerReading, 'at' | 'coverage'>,
): readonly JudgedRow[] {
  const wholes = new Map(judged.map((each) => [`${each.kind}\n${textOfRow(by, each.row)}`, each.row]));
  return [...Map.groupBy(keys, ({ whole }) => kindOfKey(whole))].flatMap(([kind, ofKind]) => {
    const onDays = ofKind.map((each) => each.onDays);
    const groups = Map.groupBy(onDays, ({ key }) => groupText(by, key));
    const rows = rowsOf(onDays, { by, sinceDay: 0, now: at }, coverage.gaps, noProofs);
    return rows.flatMap((row) => {
      const whole = wholes.get(`${kind}\n${textOfRow(by, row)}`);
      return whole === undefined
        ? []
        : [{ row: withNumbers(whole, row), kind, keys: groups.get(textOfRow(by, row)) ?? [] }];
    });
  });
}

/** The proofs of no brownout: rows of some days are counted, and not judged. */
const noProofs: Proofs = { brownouts: [] };

function withNumbers(whole: Row, { answered, failed, first, last, daysSeen, requestId }: Row): Row {
  return { ...whole, answered, failed, first, last, daysSeen, requestId };
}
