import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** Listen; resolves with the URL, which has the bound port. @throws the error of a port that cannot be used */
export function listen(server: Server | TlsServer, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // The address of a server that listens on a port is an AddressInfo.
      const { address, family, port: bound } = server.address() as AddressInfo;
      const scheme = 'setSecureContext' in server ? 'https' : 'http';
      resolve(`${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${bound}`);
    });
  });
}

/** Stop listening, close idle connections, and wait for the end of the others. */
export function closeGracefully(server: Server | TlsServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

/** Stop listening, and close all connections. */
export async function closeAtOnce(server: Server | TlsServer): Promise<void> {
  const closed = closeGracefully(server);
  server.closeAllConnections();
  await closed;
}

/** Check that an error is that of a port that cannot be used. In a worker the system call is `bind`. */
export function isListenError(error: unknown): error is NodeJS.ErrnoException & { address: string; port: number } {
  return error instanceof Error && 'syscall' in error && /^(?:listen|bind|getaddrinfo)$/.test(String(error.syscall));
}
