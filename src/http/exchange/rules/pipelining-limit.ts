import { Fault } from '../../../fault.ts';
import type { Step } from '../step.ts';

/**
 * Limit the requests of one connection that are in flight. Node dispatches pipelined requests at once, even if earlier ones
 * are unanswered, and each would open a connection to the cloud.
 * @param most the largest number of requests in flight on one connection
 * @throws {Fault} 503 beyond it
 */
export function pipeliningLimit(most: number): Step {
  return ({ connection, end }) => {
    const before = connection.inFlight;
    connection.inFlight += 1;
    end.addEventListener('abort', () => (connection.inFlight -= 1));
    if (before >= most) throw Fault.busy('has too many requests of this connection in progress');
  };
}
