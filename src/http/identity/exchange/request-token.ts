import { cloudIdentityFault, tokenTooLong } from '../../../identity/faults/cloud-faults.ts';
import { readV3Token, type V3Token } from '../../../identity/answer/v3-token.ts';
import { isBlankLogin, loginRequest, type Login } from '../../../identity/request/login.ts';
import type { IdentityContext } from './context.ts';
import type { IdentityExchange } from './identity-exchange.ts';
import { limitedLogin } from './limited-login.ts';

/**
 * Log in at the identity service, once.
 * @throws {Fault} as {@link limitedLogin}; the cloud's refusal; 502 to 504 without a usable answer
 */
export async function requestToken(
  login: Login,
  { exchange, found }: IdentityExchange,
  { ask, beginLogin, settings }: IdentityContext,
): Promise<V3Token> {
  const send = () => ask(loginRequest(login, settings.domains), exchange);
  const answer = await limitedLogin(beginLogin, exchange, userOf(login), send);
  if (answer.status !== 201) throw cloudIdentityFault(answer, { call: found.route.call, isBlank: isBlankLogin(login) });
  const token = readV3Token(answer);
  if (token.id.length > settings.rules.limits.token) throw tokenTooLong();
  return token;
}

/** Name the user of a login for the count of failures; undefined for a login by token. */
function userOf({ proof }: Login): string | undefined {
  if (proof.kind === 'token') return undefined;
  return 'name' in proof.user ? `name ${proof.user.name}` : `id ${proof.user.id}`;
}
