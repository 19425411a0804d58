import type { DayCount, KeyHistory, LedgerRun } from '../../../ledger/entry.ts';

/** The receiver of what a source holds. */
export interface LedgerSink {
  readonly count: (count: DayCount) => void;
  readonly history: (history: KeyHistory) => void;
  readonly run: (run: LedgerRun) => void;
}
