import type { Dimension } from '../../../way-out/groups.ts';
import type { KnownKey } from '../../../way-out/known-keys.ts';
import type { Row } from '../../../way-out/rows.ts';
import type { KeyKind } from '../../../way-out/terms/terms.ts';

/** A row of the judge with the keys that it is about. */
export interface JudgedRow {
  readonly row: Row;
  readonly kind: KeyKind;
  /** The keys of that kind first; then those of the others, if rows are not told apart by kind. */
  readonly keys: readonly KnownKey[];
}

/** Join the members of a row by which it was made to one text. */
export function textOfRow(by: readonly Dimension[], { name }: Row): string {
  return by.map((dimension) => name[dimension] ?? '').join('\n');
}
