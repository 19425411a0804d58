import type { KnownKey } from './known-keys.ts';
import { unverifiedProject } from './other-keys.ts';
import { isBreaking } from './need-of-reason.ts';
import type { KeyKind } from './terms/terms.ts';

/** The shortest time for which a client must fail until it is broken by itself, in days: an outage is over before. */
const leastFailingDays = 30;
/** The least days on which it must fail: a monthly client may meet two outages. */
const leastFailures = 5;

/**
 * Classify a key. Calls that a brownout refused might have been answered, so they count as needing; so do calls that failed for
 * a short time, or on a few days, because an outage of the cloud fails the calls of clients that will come again.
 */
export function kindOfKey(known: KnownKey): KeyKind {
  const { key, wasAnswered, everFailed, everRefused } = known;
  if (key.project === unverifiedProject) return 'unverified';
  const wasOnlyRefused = everRefused > 0 && everRefused === everFailed;
  const isBreakingKey = isBreaking(key.reason);
  if (!wasAnswered && !wasOnlyRefused && (!isBreakingKey || isBrokenItself(known))) return 'failing';
  return isBreakingKey ? 'needing' : 'notBreaking';
}

function isBrokenItself({ days }: KnownKey): boolean {
  const { first, last, count } = days.rhythm() ?? { first: 0, last: 0, count: 0 };
  return last - first >= leastFailingDays && count >= leastFailures;
}
