import type { Socket } from 'node:net';

/** The state of a caller's connection, which its requests share. */
export interface Connection {
  /** The number of its requests that are in progress. */
  inFlight: number;
  /** True if the answer that is being sent is its last, and says so with `Connection: close`. */
  isClosing: boolean;
}

/** The states by socket. Node creates the sockets, so the state cannot be a field of them. */
const connections = new WeakMap<Socket, Connection>();

/** Get the state of a connection. */
export function connectionOf(socket: Socket): Connection {
  const known = connections.get(socket);
  if (known !== undefined) return known;
  const connection = { inFlight: 0, isClosing: false };
  connections.set(socket, connection);
  return connection;
}
