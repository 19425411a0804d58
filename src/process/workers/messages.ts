import type { Config } from '../../config/settings.ts';
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
  | { readonly kind: 'collect' };

/** A message from a worker to its primary. */
export type ToPrimary =
  /** The request for the first configuration. */
  | { readonly kind: 'started' }
  | { readonly kind: 'serving'; readonly url: string }
  /** The report that the worker drains, after a message of the primary or an unexpected error. */
  | { readonly kind: 'draining' }
  | { readonly kind: 'metrics'; readonly snapshot: MetricsSnapshot };
