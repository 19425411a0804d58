import type { MetricsSnapshot } from '../../observe/prometheus.ts';

/** The internal command line option of workers, without its dashes. */
export const workerOption = 'worker';

/** A message from the primary to a worker. */
export type ToWorker =
  /** The order to drain and exit. */
  | { readonly kind: 'drain' }
  /** The order to read the certificate again. */
  | { readonly kind: 'reload' }
  /** The request for the metrics. */
  | { readonly kind: 'collect' };

/** A message from a worker to its primary. */
export type ToPrimary =
  | { readonly kind: 'serving'; readonly url: string }
  /** The report that the worker drains, after a message of the primary or an unexpected error. */
  | { readonly kind: 'draining' }
  | { readonly kind: 'metrics'; readonly snapshot: MetricsSnapshot };
