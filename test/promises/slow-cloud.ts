import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serverDocument } from '../support/rebuild-call.ts';
import { createRandom } from './random.ts';

/** A cloud that works, and takes its time. */
export interface SlowCloud {
  readonly url: string;
  /** How often each mark was seen. */
  readonly seen: ReadonlyMap<string, number>;
  /** Resolves when so many requests have come. */
  hasSeen(count: number): Promise<void>;
  /** From now on answers begin at once and end after so many milliseconds. */
  streams(ms: number): void;
  /** Resolves when such an answer has begun. */
  hasStreamed(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a cloud that answers each request after a time from `least` to `most`, in milliseconds. */
export async function startSlowCloud([least, most]: readonly [number, number]): Promise<SlowCloud> {
  const seen = new Map<string, number>();
  const random = createRandom(1);
  const watchers = new Set<() => void>();
  let [count, streamed, streamMs] = [0, 0, 0];
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const watch = (): void => {
        if (!condition()) return;
        watchers.delete(watch);
        resolve();
      };
      watchers.add(watch);
      watch();
    });
  const changed = (): void => watchers.forEach((watch) => watch());
  const server = createServer((request, response) => {
    const mark = request.headers['x-mark']?.toString();
    if (mark !== undefined) seen.set(mark, (seen.get(mark) ?? 0) + 1);
    count += 1;
    changed();
    request.resume().once('end', () => {
      const head = { 'Content-Type': 'application/json', 'Content-Length': serverDocument.length };
      if (streamMs === 0) {
        setTimeout(() => response.writeHead(202, head).end(serverDocument), random.between(least, most)).unref();
        return;
      }
      response.writeHead(202, head).write(serverDocument.slice(0, 5));
      setTimeout(() => response.end(serverDocument.slice(5)), streamMs);
      streamMs = 0;
      setTimeout(() => {
        streamed += 1;
        changed();
      }, 100);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    hasSeen: (wanted) => until(() => count >= wanted),
    streams: (ms) => void (streamMs = ms),
    hasStreamed: () => until(() => streamed > 0),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
