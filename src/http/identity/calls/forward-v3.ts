import type { Exchange } from '../../exchange/exchange.ts';
import type { IdentityContext } from '../exchange/context.ts';
import { limitedLogin } from '../exchange/limited-login.ts';

/** The calls of v3 by which a password can be guessed: the login, and the change of a password. */
const guesses = /^\/+v3\/+(?:auth\/+tokens|users\/+[^/?]+\/+password)\/*(?:\?|$)/;

/**
 * Forward a call of Identity v3 untouched. Failed logins count as those of v2.0 do for the caller's address, since the identity
 * service sees one address for all callers of the gateway.
 * @throws {Fault} 429 if too many have failed; 502 to 504 without an answer
 */
export async function forwardV3(
  exchange: Exchange,
  {
    beginLogin,
    forward,
  }: Pick<IdentityContext, 'beginLogin'> & { readonly forward: (exchange: Exchange) => Promise<void> },
): Promise<void> {
  const { request, trace } = exchange;
  if (request.method !== 'POST' || !guesses.test(request.url)) return forward(exchange);
  await limitedLogin(beginLogin, exchange, undefined, async () => {
    await forward(exchange);
    return { status: trace.cloudStatus };
  });
  return undefined;
}
