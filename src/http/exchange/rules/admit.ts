import type { Exchange } from '../exchange.ts';

/**
 * Decide whether a request may be sent to the cloud, by its needs. Every road calls this once for each exchange, when all of its
 * needs are known and nothing has been sent: translation after its plan, forwarding before it sends, login before it asks.
 * Nothing is refused yet.
 * @throws {Fault} for a request that is refused
 */
export function admit(exchange: Exchange): void {
  // Rules that refuse requests by their needs have their place here.
  if (exchange.needs.length === 0) return;
}
