import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { goalOf } from './connector.ts';
import type { Connector } from './undici.ts';

/** The times for which a connection to the cloud may be used, in milliseconds. */
export interface ConnectionTimes {
  /** The longest pause between two requests. */
  readonly idleMs: number;
  /** The age at which a connection gets no further request. */
  readonly maxAgeMs: number;
}

/** The creation of a connection that is kept. */
interface Birth {
  readonly at: number;
  readonly generation: number;
}

/**
 * The agent of the road that node's own client sends. It opens connections by the same connector as undici's pools, so that
 * TLS, the proxy and the time limit of connecting are those of both roads.
 */
export class CloudAgent extends Agent {
  readonly #connect: () => Connector;
  readonly #times: ConnectionTimes;
  readonly #origin: URL;
  readonly #births = new WeakMap<Duplex, Birth>();
  #generation = 0;

  /** @param connect returns the connector of the connections that are opened from now on */
  constructor(origin: URL, connect: () => Connector, times: ConnectionTimes) {
    super({ keepAlive: true, timeout: times.idleMs });
    this.#origin = origin;
    this.#connect = connect;
    this.#times = times;
    // node's client refuses an agent of another protocol, although the connector has finished TLS before the client writes.
    Object.assign(this, { protocol: origin.protocol });
  }

  override createConnection(_: unknown, callback?: (error: Error | null, stream: Duplex) => void): undefined {
    this.#connect()(goalOf(this.#origin), (error, socket) => {
      if (error === null) this.#births.set(socket, { at: performance.now(), generation: this.#generation });
      // With an error node reads no stream, though its type demands one.
      callback?.(error, socket as unknown as Duplex);
    });
  }

  /** Called when a request has ended: decide whether its connection may serve another one, and for how long. */
  override keepSocketAlive(socket: Duplex): boolean {
    const birth = this.#births.get(socket);
    if (birth === undefined || birth.generation !== this.#generation) return false;
    const restMs = birth.at + this.#times.maxAgeMs - performance.now();
    // The agent's own method sets the timeout for idle connections, and returns false if the cloud closes earlier.
    // Its type has no result.
    const isKept = (super.keepSocketAlive(socket) as unknown) !== false;
    if (!isKept || restMs <= 0 || !('setTimeout' in socket)) return false;
    // Sockets of a connector are those of node:net or node:tls.
    const { timeout = this.#times.idleMs } = socket as Socket;
    if (restMs < timeout) (socket as Socket).setTimeout(Math.ceil(restMs));
    return true;
  }

  /** Use new connections from now on. Idle ones are closed at once, the others after their exchange. */
  renew(): void {
    this.#generation += 1;
    for (const sockets of Object.values(this.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
  }
}
