import type { ServerResponse } from 'node:http';
import { Fault } from '../../../fault.ts';
import type { Step } from '../step.ts';

/**
 * Refuse requests that arrive behind the last answer of a connection (RFC 9112, 9.6). Node still dispatches them, the cloud
 * could act on them, and no caller would receive the answer.
 * @throws {Fault} 503 for such a request
 */
export function openConnection(): Step {
  return (exchange) => {
    const { connection, request, response } = exchange;
    const { latest } = connection;
    if (latest !== undefined && isLast(latest)) connection.isClosing = true;
    connection.latest = response;
    exchange.onClose(() => {
      if (connection.latest === response) connection.latest = undefined;
    });
    // A socket that cannot be written any more is about to be destroyed.
    if (connection.isClosing || !request.socket.writable)
      throw Fault.busy('closes this connection after an earlier response');
  };
}

/** Check that an answer has told its caller that the connection closes after it. */
function isLast(response: ServerResponse): boolean {
  return response.headersSent && response.getHeader('Connection') === 'close';
}
