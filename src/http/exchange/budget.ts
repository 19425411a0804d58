import { Fault } from '../../fault.ts';
import type { ExchangeEnd } from './end.ts';

/** Bytes of bodies that are held at a time, and the limit. */
export interface Budget {
  held: number;
  readonly most: number;
}

/** Reserves bytes of a budget. @throws {Fault} 503 where it has no more, 499 where the exchange has ended */
export type Hold = (bytes: number) => void;

/** Reserve bytes for an exchange; its end releases all of them. */
export function holding(end: ExchangeEnd, budget: Budget): Hold {
  let own = 0;
  return (bytes) => {
    // Bytes that are reserved after the end would never be released.
    if (end.aborted) throw Fault.callerGone();
    if (budget.held + bytes > budget.most) throw Fault.busy('holds too much already');
    if (own === 0) end.addEventListener('abort', () => (budget.held -= own));
    own += bytes;
    budget.held += bytes;
  };
}
