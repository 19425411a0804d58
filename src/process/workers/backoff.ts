/** A worker that served so long is no part of a crash loop, in milliseconds. */
const steadyMs = 10_000;

/** How long the first of a row of crashes is waited after, in milliseconds; each further one doubles it. */
const firstDelayMs = 250;

/** The longest wait, in milliseconds. */
const longestDelayMs = 30_000;

/** Tells how long to wait before a worker is replaced that served so many milliseconds. */
export function createBackOff(): (servedMs: number) => number {
  let crashes = 0;
  return (servedMs) => {
    if (servedMs >= steadyMs) {
      crashes = 0;
      return 0;
    }
    crashes += 1;
    return Math.min(longestDelayMs, firstDelayMs * 2 ** (crashes - 1));
  };
}
