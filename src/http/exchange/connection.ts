import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { plainAddress } from './proxies/address.ts';

/** A token in a request, with all that is made of it: most requests of a connection have the same. */
export interface KnownToken {
  readonly text: string;
  /** The project of the request as its path has it. */
  readonly project: string | undefined;
  /** The project as the cloud reads it. */
  readonly decodedProject: string | undefined;
  readonly hash: string;
  /** The hash with the project, if there is one. It is the same text each time, whose own hash V8 computes once. */
  readonly proof: string;
}

/** The state of a caller's connection, which its requests share. */
export interface Connection {
  /**
   * The IP address of the client that opened the connection, without a port; `''` for a unix socket, which has none. If the
   * connection began with a PROXY header, it is the address of that header.
   */
  readonly peer: string;
  /** The number of its requests that are in progress. */
  inFlight: number;
  /** The token of its last request, and what proves that it is known. */
  token: KnownToken | undefined;
  /** True if the answer that is being sent is its last: no later request of the connection may be dispatched. */
  isClosing: boolean;
  /** The answer of the latest request, until it has been sent; undefined if all requests have been answered. */
  latest: ServerResponse | undefined;
  /** The time at which the latest request was received whole; undefined while its body is being read. */
  receivedAt: number | undefined;
}

/** The states by socket. Node creates the sockets, so the state cannot be a field of them. */
const connections = new WeakMap<Socket, Connection>();

/** Get the state of a connection. */
export function connectionOf(socket: Socket): Connection {
  const known = connections.get(socket);
  if (known !== undefined) return known;
  const connection: Connection = {
    peer: plainAddress(socket.remoteAddress ?? ''),
    inFlight: 0,
    token: undefined,
    isClosing: false,
    latest: undefined,
    receivedAt: undefined,
  };
  connections.set(socket, connection);
  return connection;
}
