import { accessOf } from '../../../identity/answer/access-of.ts';
import { readV3Token, type V3Token } from '../../../identity/answer/v3-token.ts';
import { cloudIdentityFault } from '../../../identity/faults/cloud-faults.ts';
import { passwordChanged, refusedLogin } from '../../../identity/faults/refusals.ts';
import { accessDocument } from '../../../identity/messages/access.ts';
import type { Login } from '../../../identity/request/login.ts';
import { readPasswordChange } from '../../../identity/request/read-login.ts';
import { loginAfterChange, passwordRequest, tokenRequest } from '../../../identity/request/v3-requests.ts';
import { isSuccess, type CloudAnswer } from '../../../upstream/cloud-answer.ts';
import type { IdentityContext } from '../exchange/context.ts';
import { fieldOf, type IdentityExchange } from '../exchange/identity-exchange.ts';
import { catalogueSettings } from '../exchange/login-answer.ts';
import { limitedLogin } from '../exchange/limited-login.ts';
import { readIdentityBody } from '../exchange/read-identity-body.ts';
import { requestToken } from '../exchange/request-token.ts';
import { sendIdentity } from '../exchange/send-identity.ts';

/**
 * Change the caller's own password: PATCH /v2.0/OS-KSCRUD/users/{user}. The answer of legacy Keystone was a new token for the
 * same project, because the old one is no longer valid. The token is read before, so that nothing changes for one that is
 * invalid or of another user.
 * @throws {Fault} 502 if the password was changed, but there is no new token
 */
export async function changeOwnPassword(asked: IdentityExchange, context: IdentityContext): Promise<void> {
  const { ask, beginLogin, settings } = context;
  const user = asked.found.segments['user'] ?? '';
  const token = fieldOf(asked, 'x-auth-token');
  const change = readPasswordChange(await readIdentityBody(asked, context), settings.rules.limits);
  const accepted = (answer: CloudAnswer): CloudAnswer => {
    if (isSuccess(answer)) return answer;
    throw cloudIdentityFault(answer, { call: asked.found.route.call });
  };
  const own = accepted(await ask(tokenRequest('GET', token, token ?? ''), asked.exchange));
  const { user: owner, project } = readV3Token(own, token);
  if (owner.id !== user) throw refusedLogin();
  const send = () => ask(passwordRequest(token, user, change), asked.exchange);
  accepted(await limitedLogin(beginLogin, asked.exchange, `id ${user}`, send));
  const renewed = await newToken(loginAfterChange(user, change, project && { id: project.id }), asked, context);
  const { access, notes } = accessOf(renewed, catalogueSettings(asked, settings));
  sendIdentity(asked, 200, accessDocument, access, { notes, maxNotes: settings.maxNotes });
}

async function newToken(login: Login, asked: IdentityExchange, context: IdentityContext): Promise<V3Token> {
  try {
    return await requestToken(login, asked, context);
  } catch (error) {
    throw passwordChanged(error);
  }
}
