import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { LinkedSet } from '../../http/exchange/linked-set.ts';

/** Track all sockets, because closeAllConnections() misses those that are still in their TLS handshake. */
export function trackSockets(servers: readonly (Server | TlsServer)[]): LinkedSet<Socket> {
  const sockets = new LinkedSet<Socket>();
  for (const server of servers) {
    server.on('connection', (socket: Socket) => {
      socket.once('close', sockets.add(socket));
    });
  }
  return sockets;
}
