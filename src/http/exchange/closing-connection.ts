import type { Socket } from 'node:net';
import { Fault } from '../../fault.ts';
import type { Step } from './step.ts';

/** The connections whose last answer has begun. Node creates the sockets, so this cannot be a field of them. */
const closing = new WeakSet<Socket>();

/** Mark a connection: the answer that is being sent is its last, and says so with `Connection: close`. */
export function markClosing(socket: Socket): void {
  closing.add(socket);
}

/**
 * Refuse requests that arrive behind the last answer of a connection (RFC 9112, 9.6). Node still dispatches them, the cloud
 * could act on them, and no caller would receive the answer.
 * @throws {Fault} 503 for such a request
 */
export function openConnection(): Step {
  return ({ request: { socket } }) => {
    if (closing.has(socket)) throw Fault.busy('closes this connection after an earlier response');
  };
}
