import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChanges } from '../support/changes.ts';
import { inTime } from '../support/in-time.ts';
import { serverDocument } from '../support/rebuild-call.ts';
import { createRandom } from './random.ts';

/** A cloud that answers every request, each after a delay of its own. */
export interface SlowCloud {
  readonly url: string;
  /** How many times each mark was received. */
  readonly seen: ReadonlyMap<string, number>;
  /** Resolves when this many requests have been received. */
  hasSeen(count: number): Promise<void>;
  /** Holds all further answers back, until `release`. */
  hold(): void;
  /** Resolves when this many answers are held back. */
  holds(count: number): Promise<void>;
  /** Sends all answers that are held back, and holds no more. */
  release(): void;
  stop(): Promise<void>;
}

/** Start a cloud that answers each request after a delay between `least` and `most` milliseconds. */
export async function startSlowCloud([least, most]: readonly [number, number]): Promise<SlowCloud> {
  const seen = new Map<string, number>();
  const random = createRandom(1);
  const { changed, until: untilTrue } = createChanges();
  const held: (() => void)[] = [];
  let [count, isHolding] = [0, false];
  const until = (condition: () => boolean): Promise<void> =>
    inTime(untilTrue(condition), 'the cloud was not asked as often as expected');
  const server = createServer((request, response) => {
    const mark = request.headers['x-mark']?.toString();
    if (mark !== undefined) seen.set(mark, (seen.get(mark) ?? 0) + 1);
    count += 1;
    changed();
    request.resume().once('end', () => {
      const head = { 'Content-Type': 'application/json', 'Content-Length': serverDocument.length };
      const answer = (): void => void response.writeHead(202, head).end(serverDocument);
      if (isHolding) {
        held.push(answer);
        changed();
      } else setTimeout(answer, random.between(least, most)).unref();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    hasSeen: (wanted) => until(() => count >= wanted),
    hold: () => void (isHolding = true),
    holds: (wanted) => until(() => held.length >= wanted),
    release: () => {
      isHolding = false;
      for (const answer of held.splice(0)) answer();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
