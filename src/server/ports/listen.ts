import { chmod } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';

/** A place to listen on: a port, with the settings that name it, or the path of a unix socket, with its mode. */
export type ListenPlace =
  | { readonly host: string; readonly port: number; readonly settings: string }
  | { readonly path: string; readonly mode: number };

/** The error of a place that cannot be listened on. The message is for operators: it names the place and the settings. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** Listen; resolves with the URL, which has the bound port, or `unix:` and the path. @throws {ListenError} */
export async function listen(server: Server | TlsServer, place: ListenPlace): Promise<string> {
  try {
    await bound(server, place);
    if ('path' in place) {
      await chmod(place.path, place.mode);
      return `unix:${place.path}`;
    }
  } catch (error) {
    server.close();
    throw listenError(place, error);
  }
  const address = server.address();
  // A server that listens on a port has such an address.
  if (address === null || typeof address === 'string') throw listenError(place, undefined);
  const scheme = 'setSecureContext' in server ? 'https' : 'http';
  return `${scheme}://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}

function bound(server: Server | TlsServer, place: ListenPlace): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const isListening = (): void => {
      server.off('error', reject);
      resolve();
    };
    if ('path' in place) server.listen(place.path, isListening);
    else server.listen(place.port, place.host, isListening);
  });
}

/** Explain the error of a system call. Node's own errors have neither host nor port where the address is not one of the machine. */
function listenError(place: ListenPlace, error: unknown): ListenError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if ('path' in place)
    return new ListenError(
      `Cannot listen on the unix socket ${place.path}: ${code}. Set GATEWAY_SOCKET to a path of at most 107 bytes in a folder that the process may write to.`,
    );
  const { host, port, settings } = place;
  const why = code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? `${code}, the name is unknown` : code;
  return new ListenError(
    `Cannot listen on ${host.includes(':') ? `[${host}]` : host}:${port}: ${why}. Set ${settings} to a free address and port of this machine.`,
  );
}

/** Stop listening, close idle connections, and wait for the end of the others. */
export function closeGracefully(server: Server | TlsServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
