import type { LedgerData } from './ledger-types.ts';

/** A gateway that has stored counts in the ledger. A row of `/api/replicas`. */
export interface ReplicaRow {
  /** The setting `ledger.instance`, else the host name. */
  readonly instance: string;
  /** `silent`: it has stored nothing for a quarter of an hour, and has not ended in order. */
  readonly state: 'alive' | 'silent' | 'ended';
  /** The processes that count and are alive: one, or the workers. */
  readonly processes: number;
  readonly version: string;
  /** The start of its first process of those that are in the ledger, and of its last one. */
  readonly firstStartedAt: string;
  readonly startedAt: string;
  /** The time up to which its counts are stored. */
  readonly storedAt: string;
  /** Processes that ended without storing their last calls, or whose counts were lost. */
  readonly gaps: number;
  /** The time of the last of these gaps; null for none. */
  readonly lastGapAt: string | null;
  /** Needs that it counted without names, because the ledger was full. */
  readonly others: number;
}

/** The document of `/api/replicas`. */
export type ReplicasView = LedgerData & { readonly replicas: readonly ReplicaRow[] };
