import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Longer than anything here lasts on the busiest machine, in milliseconds. No test passes or fails by it: it makes one that would
 * wait for ever fail with a sentence, so that its cleanup runs.
 */
const patienceMs = 60_000;
const pollMs = 5;

/** Wait for a promise. @throws with what is missing where the promise does not settle */
export async function inTime<T>(promise: Promise<T>, missing = 'nothing happened'): Promise<T> {
  // Made here, its stack names the test that waits.
  const error = new Error(`${missing} within ${patienceMs} ms`);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(error), patienceMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Poll a condition that no event announces. @throws with what is missing where it never holds */
export async function until(condition: () => boolean | Promise<boolean>, missing: string): Promise<void> {
  const error = new Error(`${missing} within ${patienceMs} ms`);
  for (const end = performance.now() + patienceMs; !(await condition()); await sleep(pollMs))
    if (performance.now() >= end) throw error;
}
