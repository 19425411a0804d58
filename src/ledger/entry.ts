/** The key of an entry: who needed the gateway, for which operation, and why. */
export interface LedgerKey {
  /** The project id; `(unverified)` if the cloud did not accept the token. */
  readonly project: string;
  /** The User-Agent, at most 64 characters. */
  readonly agent: string;
  /** The caller's network: /24 of IPv4, /48 of IPv6, `unix` for the unix socket. */
  readonly network: string;
  readonly operation: string;
  /** A reason of `need-reasons.ts`, with its member if it has one. */
  readonly reason: string;
}

/** The counts of one key on one day. */
export interface DayCount {
  readonly key: LedgerKey;
  /** The day in UTC: YYYY-MM-DD. */
  readonly day: string;
  /** Exchanges that were answered with a status below 400. */
  readonly answered: number;
  /** Exchanges that ended with a fault, or without an answer. */
  readonly failed: number;
  /** Those of the failed ones that the retirement file refused; undefined for none. */
  readonly refused?: number;
  /** The first and the last exchange of that day, in milliseconds of Unix time. */
  readonly first: number;
  readonly last: number;
  /** The request id of the last one. */
  readonly requestId: string;
}

/** The run of one process: from its start to its end. Its counts only grow, so that storing them twice is harmless. */
export interface LedgerRun {
  /** The name of the instance: the host name, or that of the setting. */
  readonly instance: string;
  /** A random id of the run. */
  readonly boot: string;
  readonly version: string;
  /** In milliseconds of Unix time. */
  readonly startedAt: number;
  /** The time up to which its counts are stored. */
  readonly storedAt: number;
  /** True if it has ended in order: everything is stored. */
  readonly isClosed: boolean;
  /** The number of exchanges that were counted as `(other)`, because the ledger was full. */
  readonly others: number;
  /** The time of which counts were lost, because the store was away for too long; undefined for none. */
  readonly lost?: LostSpan;
}

/** The time from the first to the last exchange whose counts were lost, in milliseconds of Unix time. */
export interface LostSpan {
  readonly from: number;
  readonly until: number;
}

/** The part of the history of a key whose days have been removed. */
export interface KeyHistory {
  readonly key: LedgerKey;
  /** The first and the last exchange of the removed days, in milliseconds of Unix time. */
  readonly first: number;
  readonly last: number;
  /** The longest time from one removed day with exchanges to the next, in days; 0 for a single day. */
  readonly longestGapDays: number;
}
