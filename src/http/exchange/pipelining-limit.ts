import type { Socket } from 'node:net';
import { Fault } from '../../fault.ts';
import type { Step } from './step.ts';

/**
 * Limit the requests of one connection that are under way. Node dispatches every pipelined request at once, whether earlier
 * ones have been answered or not, and each would open a connection to the cloud.
 * @param most the requests of one connection that may be under way
 * @throws {Fault} 503
 */
export function pipeliningLimit(most: number): Step {
  // Node creates the sockets, so that the count cannot be a field of theirs.
  const underWay = new WeakMap<Socket, number>();
  return ({ request: { socket }, end }) => {
    const before = underWay.get(socket) ?? 0;
    underWay.set(socket, before + 1);
    end.addEventListener('abort', () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1));
    if (before >= most) throw Fault.busy('has too many requests of this connection under way');
  };
}
