import type { Config } from '../../config/settings.ts';
import type { TakenCounts } from '../../ledger/count/own-counts.ts';
import type { LedgerKey } from '../../ledger/entry.ts';
import type { FedExchanges } from '../../observe/live/exchange-feed.ts';
import type { MetricsSnapshot } from '../../observe/prometheus.ts';

/** The internal command line option of workers, without its dashes. */
export const workerOption = 'worker';

/** A message from the primary to a worker. */
export type ToWorker =
  /** The order to drain and exit. */
  | { readonly kind: 'drain' }
  /** The order to use a configuration: the first one, or another one while the worker serves. */
  | { readonly kind: 'configure'; readonly config: Config }
  /** The request for the metrics. */
  | { readonly kind: 'collect' }
  /** Some keys that the ledger has. */
  | { readonly kind: 'ledger-keys'; readonly keys: readonly LedgerKey[] }
  /** The request to report all counts of today again, because the store may have lost them. */
  | { readonly kind: 'count-again' }
  /** The order to show exchanges, or to show none from now on. */
  | { readonly kind: 'watch'; readonly isWatched: boolean };

/** A message from a worker to its primary. */
export type ToPrimary =
  /** The request for the first configuration. */
  | { readonly kind: 'started' }
  | { readonly kind: 'serving'; readonly url: string }
  /** The report that the worker drains, after a message of the primary or an unexpected error. */
  | { readonly kind: 'draining' }
  | { readonly kind: 'metrics'; readonly snapshot: MetricsSnapshot }
  /** Some counts for the ledger. */
  | { readonly kind: 'ledger'; readonly taken: TakenCounts }
  /** Some exchanges, for those who watch them. */
  | { readonly kind: 'exchanges'; readonly fed: FedExchanges };
