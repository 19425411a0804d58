import { setImmediate } from 'node:timers/promises';

/** How long work may keep all others waiting, in milliseconds. */
const longestMs = 3;

/** Does something with each item; after a while of it, lets whatever else waits go first. */
export async function atLeisure<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let startedAt = performance.now();
  for (const item of items) {
    if (performance.now() - startedAt > longestMs) {
      await setImmediate();
      startedAt = performance.now();
    }
    work(item);
  }
}
