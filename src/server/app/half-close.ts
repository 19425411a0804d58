import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { hasBody } from '../../http/body/unread-body.ts';
import { connectionOf } from '../../http/exchange/connection.ts';
import type { Step } from '../../http/exchange/step.ts';

/** Note when a request has been received whole, for {@link answerHalfClosed}. */
export function receivedWhole(): Step {
  return ({ connection, request, trace }) => {
    connection.receivedAt = hasBody(request) ? undefined : trace.startedAt;
    if (connection.receivedAt === undefined) request.once('end', () => (connection.receivedAt = performance.now()));
  };
}

/**
 * Answer callers that close their half of the connection after their request (`shutdown(SHUT_WR)`, which TCP allows). A
 * caller that has gone closes it too, and only the time differs: such clients do it at once, others when their patience ends.
 * A caller that closes later counts as gone: its exchanges end, and requests that still wait are not sent.
 * @param withinMs returns the time after a request in which its caller may close its half
 */
export function answerHalfClosed(server: Server | TlsServer, withinMs: () => number): void {
  // Otherwise node closes the other half at once, while a request that was sent to the cloud is carried out. Its types lack it.
  Object.assign(server, { httpAllowHalfOpen: true });
  const isTls = 'setSecureContext' in server;
  server.on(isTls ? 'secureConnection' : 'connection', (socket: Socket) => {
    if (isTls) socket.allowHalfOpen = true;
    socket.on('end', () => {
      const { latest, receivedAt = Infinity } = connectionOf(socket);
      if (latest !== undefined && performance.now() - receivedAt > withinMs()) socket.destroy();
    });
  });
}
