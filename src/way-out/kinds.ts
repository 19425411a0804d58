import type { KnownKey } from './known-keys.ts';
import { unverifiedProject } from './other-keys.ts';
import { isBreaking } from './need-of-reason.ts';

/**
 * The kinds of keys, which are reported apart. `needing`: they break without the gateway. `notBreaking`: they work today
 * without it. `failing`: no call was ever answered, so that they lose nothing. `unverified`: anybody can send such calls.
 */
export const keyKinds = ['needing', 'notBreaking', 'failing', 'unverified'] as const;

export type KeyKind = (typeof keyKinds)[number];

/** Classify a key. Calls that only a brownout refused might have been answered, so they count as needing. */
export function kindOfKey({ key, wasAnswered, everFailed, everRefused }: KnownKey): KeyKind {
  if (key.project === unverifiedProject) return 'unverified';
  const wasOnlyRefused = everRefused > 0 && everRefused === everFailed;
  if (!wasAnswered && !wasOnlyRefused) return 'failing';
  return isBreaking(key.reason) ? 'needing' : 'notBreaking';
}
