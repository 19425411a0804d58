import type { LedgerKey } from '../ledger/entry.ts';
import { dayMs } from '../ledger/days.ts';

/** A brownout that is over: the gateway refused those who needed it. Times are in milliseconds of Unix time. */
export interface PastBrownout {
  readonly from: number;
  readonly until: number;
  /** True if it was about every call that needs the gateway, without exceptions. */
  readonly isForAll: boolean;
  /** Check that it refused the calls of a key. */
  readonly covers: (key: LedgerKey) => boolean;
}

/** Check that a brownout was long enough for a proof: a shorter one is missed by jobs that run once a day. */
export function isWholeDay({ from, until }: PastBrownout): boolean {
  return until - from >= dayMs;
}
