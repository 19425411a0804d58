import type { LiveExchange } from '../../observe/live/live-exchange.ts';
import type { LiveHub } from '../../observe/live/live-hub.ts';

/** An exchange that is kept, with the replica that had it. A row of `/api/exchanges`. */
export interface KeptExchange extends LiveExchange {
  readonly instance: string;
}

/**
 * List the exchanges that are kept, the last one first.
 * @param id a request id, with or without `req-` before it, or a trace id; `''` for all
 * @param instance the name of this replica
 */
export function keptExchanges({ kept }: LiveHub, id: string, instance: string): readonly KeptExchange[] {
  const ids = new Set([id, `req-${id}`].map((each) => each.toLowerCase()));
  const texts = id === '' ? kept : kept.filter((text) => text.toLowerCase().includes(id.toLowerCase()));
  // The texts are this process's own, or of its workers.
  const exchanges = texts.map((text) => ({ ...(JSON.parse(text) as LiveExchange), instance }));
  const hasId = ({ requestId, globalRequestId, traceId }: LiveExchange): boolean =>
    [requestId, globalRequestId, traceId].some((each) => each !== null && ids.has(each.toLowerCase()));
  return exchanges.filter((exchange) => id === '' || hasId(exchange)).toReversed();
}
