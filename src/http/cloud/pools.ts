import type { Socket } from 'node:net';
import type { Config } from '../../config/settings.ts';
import type { CloudTls } from '../../config/tls-files.ts';
import { IdleTimeout } from './failures.ts';
import { skipInterimResponses } from './interim-responses.ts';
import { buildConnector, Pool, type Connector } from './undici.ts';

/** The connections to the cloud, which are opened on demand. */
export interface Pools {
  /** The pool of translated requests, whose answers are read whole, each with its own timer. */
  readonly translated: Pool;
  /** The pool of forwarded requests, whose answers are streamed. A connection that is idle for too long closes. */
  readonly forwarded: Pool;
  close(): Promise<void>;
}

/**
 * Create both pools. They are separate because the idle timeout belongs to a connection. undici's own timeouts are off: they
 * count in whole seconds, and stop at the header section.
 */
export function createPools(
  { url, connections, connectTimeoutMs, answerTimeoutMs }: Config['upstream'],
  tls: CloudTls,
): Pools {
  const { origin } = new URL(url);
  const options = { pipelining: 1, allowH2: false, headersTimeout: 0, bodyTimeout: 0 };
  const connect = eachSocket(
    buildConnector({ ...tls, timeout: connectTimeoutMs, allowH2: false }),
    skipInterimResponses,
  );
  const translated = new Pool(origin, { ...options, connections, connect });
  const forwarded = new Pool(origin, { ...options, connect: withIdleTimeout(connect, answerTimeoutMs) });
  const close = async (): Promise<void> => {
    // By now every caller has its answer or has disconnected.
    await Promise.all([translated.destroy(), forwarded.destroy()]);
  };
  return { translated, forwarded, close };
}

/** Close connections after a time in which nothing is sent or received, as node's own client does. */
function withIdleTimeout(connect: Connector, idleMs: number): Connector {
  return eachSocket(connect, (socket) => socket.setTimeout(idleMs, () => socket.destroy(new IdleTimeout())));
}

/** Prepare each socket that a connector opens. */
function eachSocket(connect: Connector, prepare: (socket: Socket) => void): Connector {
  return (options, callback) =>
    connect(options, (...result) => {
      const [error, socket] = result;
      if (error === null) prepare(socket);
      callback(...result);
    });
}
