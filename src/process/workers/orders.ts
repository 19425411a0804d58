import type { Figures } from '../../observe/metrics.ts';

/** The option that the primary starts its workers with; nobody else uses it. */
export const workerFlag = '--worker';

/** What the primary tells a worker. */
export type Order = { readonly kind: 'drain' } | { readonly kind: 'reload' } | { readonly kind: 'count' };

/** What a worker tells its primary. */
export type Report =
  | { readonly kind: 'serving'; readonly url: string }
  /** It drains, whoever wanted it. */
  | { readonly kind: 'ending' }
  | { readonly kind: 'counted'; readonly figures: Figures };
