import type { ServerResponse } from 'node:http';
import { Fault } from '../../fault.ts';
import { endOf } from './deadline.ts';

/** How many bytes of bodies are held at a time, of how many that may be. */
export interface Budget {
  held: number;
  readonly most: number;
}

/** Takes so many bytes of the budget. @throws {Fault} 503 where there are no more */
export type Hold = (bytes: number) => void;

/** Holds bytes for an exchange; all of them are given back when it has ended. */
export function holding(response: ServerResponse, budget: Budget): Hold {
  let own = 0;
  return (bytes) => {
    if (budget.held + bytes > budget.most) throw Fault.busy('holds too much already');
    if (own === 0) endOf(response).addEventListener('abort', () => (budget.held -= own));
    own += bytes;
    budget.held += bytes;
  };
}
