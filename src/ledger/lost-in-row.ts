import type { LedgerRun } from './entry.ts';
import { lostOf } from './larger.ts';

/** Read the time of lost counts from a row of a database, which has null for none. */
export function lostInRow(
  row: Readonly<Record<string, unknown>>,
  from: string,
  until: string,
): Pick<LedgerRun, 'lost'> {
  const isLost = row[from] !== null && row[until] !== null;
  return lostOf(isLost ? { from: Number(row[from]), until: Number(row[until]) } : undefined);
}
