import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child-process.ts';

const readyMs = 20_000;
const everyMs = 10;

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      // A server that listens on a port has such an address.
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Resolves when a process takes connections. @throws {Error} where it has ended, with what it said, or takes too long */
export async function untilListening(child: Child, port: number): Promise<void> {
  for (const startedAt = performance.now(); performance.now() - startedAt < readyMs; await sleep(everyMs)) {
    if (!child.isRunning()) throw new Error(`a process of the benchmark has ended: ${child.stderr()}`);
    if (await isListening(port)) return;
  }
  throw new Error(`nobody listens on ${port}: ${child.stderr()}`);
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
