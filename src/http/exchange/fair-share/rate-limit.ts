import type { Step } from '../step.ts';
import { overRate } from './over-limit.ts';

const minuteMs = 60_000;

/**
 * Limit the rate of each account as legacy Nova did: a minute's requests may come at once, and then one at each interval.
 * @throws {Fault} 413 or 429 with Retry-After beyond it
 */
export function rateLimit(requestsPerMinute: number): Step {
  const intervalMs = minuteMs / requestsPerMinute;
  return ({ account, facts }) => {
    const now = performance.now();
    const freeAt = Math.max(account.rateFreeAt, now) + intervalMs;
    const waitMs = freeAt - now - minuteMs;
    // The sums of fractions are not exact.
    if (waitMs > 0.001) throw overRate(facts.version, Math.ceil(waitMs / 1000));
    account.rateFreeAt = freeAt;
  };
}
