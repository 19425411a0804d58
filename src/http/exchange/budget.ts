import { Fault } from '../../fault.ts';
import type { ExchangeEnd } from './end.ts';

/** The memory of bodies that are held at a time, in bytes, and its limit. */
export interface Budget {
  held: number;
  /** A reload may change it. */
  most: number;
}

/** The reservation of bytes of a budget. @throws {Fault} 503 if the budget is exhausted, 499 if the exchange has ended */
export type Reserve = (bytes: number) => void;

/** Create the reservation for an exchange, whose end releases all bytes. */
export function reserveFor(end: ExchangeEnd, budget: Budget): Reserve {
  let own = 0;
  return (bytes) => {
    // Bytes that are reserved after the end would never be released.
    if (end.aborted) throw Fault.callerGone();
    if (budget.held + bytes > budget.most) throw Fault.busy('has reached its memory limit for bodies');
    if (own === 0) end.addEventListener('abort', () => (budget.held -= own));
    own += bytes;
    budget.held += bytes;
  };
}
