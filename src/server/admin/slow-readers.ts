import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { fixedLimits } from '../../config/fixed-limits.ts';

/** The function that notes a request on its connection; false if that has too many already. */
export type InTurn = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Create the function that closes a connection with many requests that wait for their answers. All of them would be answered at
 * once, into the memory of this process: a hundred thousand pages of metrics on the connections that are allowed.
 */
export function createInTurn(): InTurn {
  const waiting = new WeakMap<Socket, number>();
  return ({ socket }, response) => {
    const count = (waiting.get(socket) ?? 0) + 1;
    if (count > fixedLimits.adminPipelined) {
      socket.destroy();
      return false;
    }
    waiting.set(socket, count);
    response.once('close', () => waiting.set(socket, (waiting.get(socket) ?? 1) - 1));
    return true;
  };
}

/** Close the connection of a reader that does not take its answer, so that no few of them keep the probes out. */
export function closeIfNotTaken(response: ServerResponse, limitMs: number = fixedLimits.adminAnswerMs): void {
  const timer = setTimeout(() => response.destroy(), limitMs).unref();
  response.once('close', () => clearTimeout(timer));
}
