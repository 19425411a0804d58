import { tooManyLogins } from '../../../identity/faults/refusals.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import type { BeginLogin } from './login-failures.ts';

/**
 * Send a login within the limit of failures, and count its refusal for the caller's address and the user.
 * @param user names the user for the count; undefined if the request does not tell it
 * @param send sends it; its result has the status of the identity service, undefined without an answer
 * @throws {Fault} 429 if too many have failed, and nothing is sent; the errors of `send`
 */
export async function limitedLogin<Answer extends { readonly status: number | undefined }>(
  beginLogin: BeginLogin,
  exchange: Exchange,
  user: string | undefined,
  send: () => Promise<Answer>,
): Promise<Answer> {
  const attempt = beginLogin({ client: exchange.client, user });
  if (typeof attempt === 'number') throw tooManyLogins(attempt);
  let status: number | undefined;
  try {
    const answer = await send();
    ({ status } = answer);
    return answer;
  } finally {
    attempt[outcomeOf(status, exchange)]();
  }
}

function outcomeOf(status: number | undefined, exchange: Exchange): 'succeeded' | 'failed' | 'unknown' {
  if (status === undefined) return isAbandoned(exchange) ? 'failed' : 'unknown';
  if (status >= 200 && status < 300) return 'succeeded';
  // The statuses by which Identity v3 refuses a password or a token. Another answer has no verdict, and counts for nobody.
  return status === 401 || status === 403 || status === 404 ? 'failed' : 'unknown';
}

/** Check that the caller disconnected before the answer: whoever guesses passwords could do without the answers. */
function isAbandoned({ end, response }: Exchange): boolean {
  return end.aborted && !response.headersSent;
}
