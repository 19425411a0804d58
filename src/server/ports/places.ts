import { lstat, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Config } from '../../config/settings.ts';
import { ListenError, type ListenPlace } from './listen.ts';

/** Return the place for callers: the unix socket, if there is one. */
export function callersPlace({ socket, socketMode, host, port }: Config): ListenPlace {
  if (socket !== '') return { path: socket, mode: Number.parseInt(socketMode, 8) };
  return { host, port, settings: 'GATEWAY_HOST and GATEWAY_PORT' };
}

/** Return the places of the ports that serve the Identity API only. */
export function identityPlaces({ host, identity: { ports } }: Config): readonly ListenPlace[] {
  return ports.map((port) => ({
    host,
    port,
    settings: 'GATEWAY_HOST and GATEWAY_IDENTITY_PORTS',
  }));
}

/** Return the place of the admin port. */
export function adminPlace({ admin: { host, port } }: Config): ListenPlace {
  return { host, port, settings: 'GATEWAY_ADMIN_HOST and GATEWAY_ADMIN_PORT' };
}

/**
 * Remove the unix socket that a process left when it was killed; otherwise no other could listen on its path. With workers
 * the primary must call it, once: later the socket is that of the other workers.
 * @throws {ListenError} if a process listens on it, or if the path is something else
 */
export async function removeStaleSocket({ socket }: Pick<Config, 'socket'>): Promise<void> {
  if (socket === '') return;
  const found = await lstat(socket).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket())
    throw new ListenError(
      `Cannot listen on the unix socket ${socket}: the file exists and is no socket. Set GATEWAY_SOCKET to another path.`,
    );
  if (await isServed(socket))
    throw new ListenError(
      `Cannot listen on the unix socket ${socket}: another process listens on it. End that, or set GATEWAY_SOCKET to another path.`,
    );
  await rm(socket, { force: true });
}

/** Check that a process accepts connections on a socket. Only a refused connection shows that none does. */
function isServed(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path)
      .once('connect', () => {
        probe.destroy();
        resolve(true);
      })
      .once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'));
  });
}
