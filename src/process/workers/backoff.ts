import { fixedLimits } from '../../config/fixed-limits.ts';

const { steadyWorkerMs, firstBackoffMs, longestBackoffMs } = fixedLimits;

/**
 * Create a function that computes the milliseconds to wait before a lost worker is replaced, from the milliseconds that it
 * served. Each early loss in a row doubles the wait, so that a crash loop does not use up the processor.
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
