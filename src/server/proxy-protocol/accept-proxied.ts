import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { readProxyHeader, type ProxiedClient } from './proxy-header.ts';

/** The effects of PROXY headers that are wrong or late. */
interface ProxyLimits {
  /** Returns the time limit for the header, in milliseconds from the beginning of the connection. */
  readonly timeoutMs: () => number;
  /** Called for each connection that is closed without a good header. */
  readonly onRefused: () => void;
}

/**
 * Require a PROXY header at the beginning of every connection, before TLS and HTTP. Its client becomes the remote address of
 * the socket, so that all that asks the socket, Express included, sees the client and not the proxy. It must be called before
 * anything else listens to 'connection'.
 */
export function acceptProxied(server: Server | TlsServer, { timeoutMs, onRefused }: ProxyLimits): void {
  const serve = server.listeners('connection');
  const clients = new WeakMap<Socket, ProxiedClient>();
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const refuse = (): void => {
      onRefused();
      socket.destroy();
    };
    readHeader(socket, timeoutMs(), refuse, (client) => {
      if (client !== undefined) {
        clients.set(socket, client);
        setRemote(socket, client);
      }
      for (const listener of serve) listener.call(server, socket);
    });
  });
  server.on('secureConnection', (secured: TLSSocket) => {
    const client = clients.get(rawOf(secured));
    if (client !== undefined) setRemote(secured, client);
  });
}

/** Return the socket below a TLS socket. Node has no public way to it; the tests of TLS with PROXY headers hold this one. */
function rawOf(secured: TLSSocket): Socket {
  const { _parent: raw } = secured as unknown as { readonly _parent: Socket };
  return raw;
}

/** Replace the remote address of a socket, which is a getter of its class. */
function setRemote(socket: Socket, { address, port }: ProxiedClient): void {
  Object.defineProperties(socket, {
    remoteAddress: { value: address },
    remotePort: { value: port },
    remoteFamily: { value: address.includes(':') ? 'IPv6' : 'IPv4' },
  });
}

/** Read the header, and give what came behind it back to the socket. */
function readHeader(
  socket: Socket,
  timeoutMs: number,
  refuse: () => void,
  accept: (client: ProxiedClient | undefined) => void,
): void {
  let bytes = Buffer.alloc(0);
  const stop = (): void => {
    clearTimeout(timer);
    socket.off('readable', onReadable).off('end', onEnd).off('error', stop).off('close', stop);
  };
  const onEnd = (): void => {
    stop();
    // A check of a balancer opens and closes a connection without a byte.
    if (bytes.length > 0) refuse();
    else socket.destroy();
  };
  const onReadable = (): void => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    bytes = Buffer.concat([bytes, chunk]);
    const header = readProxyHeader(bytes);
    if (header.kind === 'incomplete') return;
    stop();
    if (header.kind === 'invalid') {
      refuse();
      return;
    }
    if (header.length < bytes.length) socket.unshift(bytes.subarray(header.length));
    accept(header.client);
  };
  const timer = setTimeout(() => {
    stop();
    refuse();
  }, timeoutMs);
  socket.on('readable', onReadable).on('end', onEnd).on('error', stop).on('close', stop);
}
