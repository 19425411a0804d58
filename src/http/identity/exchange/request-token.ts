import { cloudIdentityFault } from '../../../identity/faults/cloud-faults.ts';
import { tooManyLogins } from '../../../identity/faults/refusals.ts';
import { readV3Token, type V3Token } from '../../../identity/answer/v3-token.ts';
import { isBlankLogin, loginRequest, type Login } from '../../../identity/request/login.ts';
import type { CloudAnswer } from '../../../upstream/cloud-answer.ts';
import type { IdentityContext } from './context.ts';
import type { IdentityExchange } from './identity-exchange.ts';

/**
 * Log in at the identity service, once, and count a refusal for the caller's address and the user.
 * @throws {Fault} 429 if too many have failed, and nothing is sent; the cloud's refusal; 502 to 504 without a usable answer
 */
export async function requestToken(login: Login, asked: IdentityExchange, context: IdentityContext): Promise<V3Token> {
  const { exchange } = asked;
  const { ask, beginLogin, settings } = context;
  const attempt = beginLogin({ client: exchange.client, user: userOf(login) });
  if (typeof attempt === 'number') throw tooManyLogins(attempt);
  let status: number | undefined;
  try {
    const answer = await ask(loginRequest(login, settings.domains), exchange);
    ({ status } = answer);
    return tokenIn(answer, isBlankLogin(login), asked);
  } finally {
    // An answer without a verdict counts for nobody.
    attempt[status === 201 ? 'succeeded' : isRefusal(status) ? 'failed' : 'unknown']();
  }
}

function tokenIn(answer: CloudAnswer, isBlank: boolean, { found }: IdentityExchange): V3Token {
  if (answer.status !== 201) throw cloudIdentityFault(answer, { call: found.route.call, isBlank });
  return readV3Token(answer);
}

/** The statuses by which Identity v3 refuses a password or a token. */
function isRefusal(status: number | undefined): boolean {
  return status === 401 || status === 403 || status === 404;
}

/** Name the user of a login for the count of failures; undefined for a login by token. */
function userOf({ proof }: Login): string | undefined {
  if (proof.kind === 'token') return undefined;
  return 'name' in proof.user ? `name ${proof.user.name}` : `id ${proof.user.id}`;
}
