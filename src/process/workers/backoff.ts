import { fixedLimits } from '../../config/fixed-limits.ts';

const { steadyWorkerMs, firstBackoffMs, longestBackoffMs } = fixedLimits;

/**
 * Create the function that computes the wait before a lost worker is replaced, from the time that it served, both in
 * milliseconds. Each early loss in a row doubles the wait, so that a crash loop does not occupy the processor.
 */
export function createBackoff(): (servedMs: number) => number {
  let earlyLosses = 0;
  return (servedMs) => {
    if (servedMs >= steadyWorkerMs) {
      earlyLosses = 0;
      return 0;
    }
    earlyLosses += 1;
    return Math.min(longestBackoffMs, firstBackoffMs * 2 ** (earlyLosses - 1));
  };
}
