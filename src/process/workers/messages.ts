import type { MetricsSnapshot } from '../../observe/metrics.ts';

/** The internal option, without its dashes, that the primary starts its workers with. */
export const workerOption = 'worker';

/** A message from the primary to a worker. */
export type ToWorker =
  /** Drain, and exit. */
  | { readonly kind: 'drain' }
  /** Read the certificate again. */
  | { readonly kind: 'reload' }
  /** Answer with the metrics. */
  | { readonly kind: 'collect' };

/** A message from a worker to its primary. */
export type ToPrimary =
  | { readonly kind: 'serving'; readonly url: string }
  /** The worker drains, by the primary's message or by itself after an unexpected error. */
  | { readonly kind: 'draining' }
  | { readonly kind: 'metrics'; readonly snapshot: MetricsSnapshot };
