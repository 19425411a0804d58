import type { LedgerKey } from '../ledger/entry.ts';
import type { PastBrownout } from './brownout.ts';
import type { Coverage } from './data-gaps.ts';
import type { Dimension } from './groups.ts';
import { isOther, otherKeys } from './other-keys.ts';
import { kindOfKey } from './kinds.ts';
import { keyKinds, type KeyKind } from './terms/terms.ts';
import type { KnownKey } from './known-keys.ts';
import { proofsOf } from './proof.ts';
import { rowsOf, type Row } from './rows.ts';
import { verdictOf, type Verdict } from './verdict.ts';

/** Everything that a summary is made from. */
export interface WayOutData {
  readonly keys: readonly KnownKey[];
  readonly coverage: Coverage;
  readonly brownouts: readonly PastBrownout[];
}

/** The wishes for a summary. */
export interface SummaryWishes {
  readonly by: readonly Dimension[];
  /** The only project; undefined for all. */
  readonly project: string | undefined;
  /** The number of the first day of the report. */
  readonly sinceDay: number;
  /** In milliseconds of Unix time. */
  readonly now: number;
}

/** The summary of a ledger: the verdict, and the rows of those who need the gateway. */
export interface WayOut {
  readonly verdict: Verdict;
  readonly rows: Readonly<Record<KeyKind, readonly Row[]>>;
  readonly coverage: Coverage;
  /** True if calls were counted without their names, because the ledger was full. */
  readonly hasOthers: boolean;
}

/** Summarize what is known. The verdict is about all days, the rows about those of the report. */
export function summaryOf({ keys, coverage, brownouts }: WayOutData, wishes: SummaryWishes): WayOut {
  const { project, now } = wishes;
  const chosen = project === undefined ? keys : keys.filter(({ key }) => isOf(project, key));
  const byKind = Map.groupBy(chosen, kindOfKey);
  const proofs = proofsOf(brownouts, coverage.gaps, now);
  const lastRefused = chosen.reduce((latest, key) => Math.max(latest, key.lastRefused), -Infinity);
  const rowsOfKind = (kind: KeyKind): readonly Row[] => rowsOf(byKind.get(kind) ?? [], wishes, coverage.gaps, proofs);
  return {
    verdict: verdictOf({ needing: byKind.get('needing') ?? [], lastRefused, coverage, proofs, now }),
    rows: Object.fromEntries(keyKinds.map((kind) => [kind, rowsOfKind(kind)])) as Record<KeyKind, readonly Row[]>,
    coverage,
    hasOthers: chosen.some(({ key }) => isOther(key)),
  };
}

/** Check that a call may be of a project: so may one that the ledger had no room for. */
function isOf(project: string, key: LedgerKey): boolean {
  return key.project === project || key.project === otherKeys;
}
