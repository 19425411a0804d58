import type { Socket } from 'node:net';
import { Fault } from '../../fault.ts';
import { endOf } from './deadline.ts';
import type { Step } from './step.ts';

/**
 * Refuses what a caller sends ahead beyond measure: node takes up all that a connection brings, whether answers before it
 * have been sent or not, and each would open a connection to the cloud.
 * @param most the requests of one connection that may be under way
 * @throws {Fault} 503
 */
export function inTurn(most: number): Step {
  const underWay = new WeakMap<Socket, number>();
  return ({ socket }, response) => {
    const before = underWay.get(socket) ?? 0;
    underWay.set(socket, before + 1);
    endOf(response).addEventListener('abort', () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1));
    if (before >= most) throw Fault.busy('has too many requests of this connection under way');
  };
}
