import type { Socket } from 'node:net';
import { Fault } from '../../fault.ts';
import type { Step } from './step.ts';

/**
 * Limit the requests of one connection that are in flight. Node dispatches pipelined requests at once, even if earlier ones
 * are unanswered, and each would open a connection to the cloud.
 * @param most the largest number of requests in flight on one connection
 * @throws {Fault} 503 beyond it
 */
export function pipeliningLimit(most: number): Step {
  // Node creates the sockets, so the count cannot be a field of them.
  const inFlight = new WeakMap<Socket, number>();
  return ({ request: { socket }, end }) => {
    const before = inFlight.get(socket) ?? 0;
    inFlight.set(socket, before + 1);
    end.addEventListener('abort', () => inFlight.set(socket, (inFlight.get(socket) ?? 1) - 1));
    if (before >= most) throw Fault.busy('has too many requests of this connection in progress');
  };
}
