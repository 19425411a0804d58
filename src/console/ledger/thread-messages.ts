import type { DayCount, KeyHistory, LedgerRun } from '../../ledger/entry.ts';
import type { DayRange } from './read/day-range.ts';
import type { LedgerPath } from './documents/ledger-documents.ts';

/** A question to the thread that reads the ledger. */
export interface LedgerQuestion {
  readonly path: LedgerPath;
  /** The query of the request, as text. */
  readonly query: string;
  /** The path of the retirement file; '' for none. */
  readonly retire: string;
  /** In milliseconds of Unix time. */
  readonly now: number;
  readonly isGzipped: boolean;
}

/** An answer of the thread. */
export interface LedgerAnswer {
  readonly status: number;
  readonly form: 'json' | 'csv';
  readonly body: Uint8Array;
  readonly isGzipped: boolean;
}

/** A message to the thread. `reading` is the number of the reading that it answers. */
export type ToThread =
  | { readonly kind: 'ask'; readonly id: number; readonly question: LedgerQuestion }
  /** The store has the latest counts: read it. */
  | { readonly kind: 'stored'; readonly reading: number }
  /** A slice of a store that only the owner can read. */
  | { readonly kind: 'counts'; readonly reading: number; readonly counts: readonly DayCount[] }
  /** Some of its histories. */
  | { readonly kind: 'histories'; readonly reading: number; readonly histories: readonly KeyHistory[] }
  /** The end of such a store. */
  | { readonly kind: 'end'; readonly reading: number; readonly runs: readonly LedgerRun[] };

/** A message of the thread. */
export type FromThread =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: LedgerAnswer }
  /** Store the latest counts, and hand over a store that only the owner can read: some days, or everything. */
  | { readonly kind: 'read'; readonly reading: number; readonly range: DayRange | undefined };
