/** The faults of the cloud's identity service, as faults of the caller. No text of the cloud is quoted: v3 quotes passwords. */

import { Fault } from '../../fault.ts';
import { isFields } from '../../schema/fields.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import { validRetryAfter } from '../../upstream/faults/retry-after.ts';
import { isMalformed } from '../messages/expecting.ts';
import type { IdentityCall } from '../messages/identity-call.ts';
import { jsonAnswer } from './json-answer.ts';
import { unauthenticated, unauthorized } from './refusals.ts';

/** The longest fault of v3 that is read, in bytes. */
const longestFault = 65_536;

/** Refuse an answer that is none of Identity v3: 502. */
export function notIdentityV3(): Fault {
  return new Fault(502, "The cloud's identity service did not answer as Identity API v3.", {
    reason: 'cloud-nonsense',
  });
}

/** Refuse an answer whose token is longer than the setting for tokens: 502, since no later request could have it. */
export function tokenTooLong(): Fault {
  return new Fault(502, undefined, { reason: 'cloud-too-large' });
}

/** The meaning of a status of the cloud for the caller. */
interface Outcome {
  readonly status: number;
  readonly message: string;
}

const refusedByCloud: Outcome = { status: 401, message: unauthenticated };
const failedCloud: Outcome = {
  status: 500,
  message: 'An unexpected error prevented the server from fulfilling your request.',
};

/** The outcome of each status. Any other status is no answer of Identity v3. */
const outcomes: ReadonlyMap<number, Outcome> = new Map([
  [400, { status: 400, message: isMalformed }],
  [401, refusedByCloud],
  [403, { status: 403, message: unauthorized }],
  [413, { status: 413, message: 'Request is too large.' }],
  [429, { status: 429, message: 'Too many logins. Wait, then try again.' }],
  [500, failedCloud],
  [503, { status: 503, message: "The cloud's identity service is not available." }],
]);

/** The calls whose path names a token: it is unknown if the cloud answers 404. No token is quoted. */
const callsOnTokens: ReadonlySet<IdentityCall> = new Set([
  'validateToken',
  'checkToken',
  'revokeToken',
  'listTokenEndpoints',
]);
const noToken: Outcome = { status: 404, message: 'Could not find token.' };

/** Refuse a token that is longer than any of the cloud: 404. The cloud is not asked. */
export function unknownToken(): Fault {
  return new Fault(noToken.status, noToken.message, { reason: 'login-refused' });
}

/** The parts of a call that decide the meaning of a refusal. */
export interface RefusedCall {
  readonly call: IdentityCall;
  /** True for a login with a null password or an empty token: v3 refuses its form, and v2.0 refused the login. */
  readonly isBlank?: boolean;
}

/**
 * Convert an answer of the cloud that is no success to a fault of the caller. An unknown token is 404 in v3, and was 401 at a
 * login in v2.0. Redirects, pages, and statuses that v3 does not have are 502: they come from another service.
 */
export function cloudIdentityFault(answer: CloudAnswer, refused: RefusedCall): Fault {
  const outcome = outcomeOf(answer, refused);
  if (outcome === undefined) return notIdentityV3();
  return new Fault(outcome.status, outcome.message, {
    reason: outcome.status >= 500 ? 'cloud-error' : 'cloud-refusal',
    retryAfter: validRetryAfter(answer.headers['retry-after']),
  });
}

function outcomeOf(answer: CloudAnswer, { call, isBlank }: RefusedCall): Outcome | undefined {
  if (answer.status === 404)
    return isV3Fault(answer) ? (callsOnTokens.has(call) ? noToken : refusedByCloud) : undefined;
  if (answer.status === 400 && isBlank === true) return refusedByCloud;
  return outcomes.get(answer.status);
}

/** Check for a fault in v3's form; a wrong URL leads to pages, or to faults of a web framework. */
function isV3Fault(answer: CloudAnswer): boolean {
  return answer.body.length <= longestFault && isFields(jsonAnswer(answer)?.['error']);
}
