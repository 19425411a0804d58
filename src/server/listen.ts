import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** Listens; gives the URL with the port that was had. @throws the error of a port that cannot be had */
export function listen(server: Server | TlsServer, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // A server that listens on a port has such an address.
      const { address, family, port: taken } = server.address() as AddressInfo;
      const scheme = 'setSecureContext' in server ? 'https' : 'http';
      resolve(`${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${taken}`);
    });
  });
}

/** Stops listening and waits for the connections; idle ones are closed by node. */
export function close(server: Server | TlsServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

/** Stops listening and cuts the connections. */
export async function cut(server: Server | TlsServer): Promise<void> {
  const closed = close(server);
  server.closeAllConnections();
  await closed;
}

/** Whether it is the error of a port that cannot be had; in a worker the system calls it `bind`. */
export function isListenError(error: unknown): error is NodeJS.ErrnoException & { address: string; port: number } {
  return error instanceof Error && 'syscall' in error && /^(?:listen|bind|getaddrinfo)$/.test(String(error.syscall));
}
