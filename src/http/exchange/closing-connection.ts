import { Fault } from '../../fault.ts';
import type { Step } from './step.ts';

/**
 * Refuse requests that arrive behind the last answer of a connection (RFC 9112, 9.6). Node still dispatches them, the cloud
 * could act on them, and no caller would receive the answer.
 * @throws {Fault} 503 for such a request
 */
export function openConnection(): Step {
  return ({ connection }) => {
    if (connection.isClosing) throw Fault.busy('closes this connection after an earlier response');
  };
}
