import type { LiveExchange } from '../../observe/live/live-exchange.ts';
import type { LiveHub } from '../../observe/live/live-hub.ts';

/**
 * List the exchanges that are kept, the last one first.
 * @param id a request id or trace id; `''` for all
 */
export function keptExchanges({ kept }: LiveHub, id: string): readonly LiveExchange[] {
  const texts = id === '' ? kept : kept.filter((text) => text.includes(JSON.stringify(id)));
  // The texts are this process's own, or of its workers.
  const exchanges = texts.map((text) => JSON.parse(text) as LiveExchange);
  const hasId = ({ requestId, globalRequestId, traceId }: LiveExchange): boolean =>
    [requestId, globalRequestId, traceId].includes(id);
  return exchanges.filter((exchange) => id === '' || hasId(exchange)).toReversed();
}
