import { modernVersion } from '../../../compute/path-facts.ts';
import { Fault } from '../../../fault.ts';

/** The Retry-After for a share, in seconds: a turn may be free at any time. */
const shareSeconds = 1;

/**
 * Make the fault for a project that has its share of the turns, with Retry-After. The status of overLimit in the legacy API
 * is 413, the only one that clients of that time retry; 429 came later.
 * @param version the version in the path
 * @param why the end of a sentence that starts with `The project`
 */
export function overLimit(version: string | undefined, why: string): Fault {
  // One of the clients of that time retries a 413 only if its message has no "exceed".
  const message = `The project, or the address of the caller, ${why}. Nothing was sent to the cloud.`;
  return new Fault(statusOf(version), message, { reason: 'project-share', retryAfter: String(shareSeconds) });
}

/** Make the fault for a project that sends more requests than its rate, with legacy Nova's message. @param seconds the Retry-After */
export function overRate(version: string | undefined, seconds: number): Fault {
  const message = 'This request was rate-limited.';
  return new Fault(statusOf(version), message, { reason: 'project-rate', retryAfter: String(seconds) });
}

function statusOf(version: string | undefined): number {
  return version === undefined || version === modernVersion ? 429 : 413;
}
