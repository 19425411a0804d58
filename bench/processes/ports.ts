import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child-process.ts';

const readyTimeoutMs = 20_000;
const pollMs = 10;

/** Find a free port. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      // The cast is safe: a server that listens on a TCP port has such an address.
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Resolve when a process accepts connections. @throws {Error} with its stderr if it ends or takes too long */
export async function untilListening(child: Child, port: number): Promise<void> {
  for (const startedAt = performance.now(); performance.now() - startedAt < readyTimeoutMs; await sleep(pollMs)) {
    if (!child.isRunning()) throw new Error(`a process of the benchmark ended: ${child.stderr()}`);
    if (await isListening(port)) return;
  }
  throw new Error(`no process listens on port ${port}: ${child.stderr()}`);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
      .once('error', () => resolve(false))
      .once('connect', () => {
        socket.destroy();
        resolve(true);
      });
  });
}
