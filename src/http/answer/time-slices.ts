import { setImmediate } from 'node:timers/promises';

/** How long one slice of work may occupy the event loop, in milliseconds. */
const sliceMs = 3;

/** Calls `work` for each item, and yields to the event loop whenever a time slice is used up. */
export async function inTimeSlices<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let startedAt = performance.now();
  for (const item of items) {
    if (performance.now() - startedAt > sliceMs) {
      await setImmediate();
      startedAt = performance.now();
    }
    work(item);
  }
}
