import { setImmediate } from 'node:timers/promises';

/**
 * Call `work` for each item, and yield to the event loop whenever a time slice is used up.
 * @param sliceMs the time that work may hold the event loop without a pause, in milliseconds
 */
export async function inTimeSlices<T>(items: Iterable<T>, sliceMs: number, work: (item: T) => void): Promise<void> {
  let startedAt = performance.now();
  for (const item of items) {
    if (performance.now() - startedAt > sliceMs) {
      await setImmediate();
      startedAt = performance.now();
    }
    work(item);
  }
}
