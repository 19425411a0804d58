import { accessOf, type AccessAnswer } from '../../../identity/answer/access-of.ts';
import { readV3Token } from '../../../identity/answer/v3-token.ts';
import { tokenEndpointsOf } from '../../../identity/answer/token-endpoints-of.ts';
import { cloudIdentityFault, unknownToken } from '../../../identity/faults/cloud-faults.ts';
import { refusedLogin } from '../../../identity/faults/refusals.ts';
import { accessDocument } from '../../../identity/messages/access.ts';
import { tokenEndpointsDocument } from '../../../identity/messages/token-endpoints.ts';
import { tokenRequest } from '../../../identity/request/v3-requests.ts';
import { isSuccess, type CloudAnswer } from '../../../upstream/cloud-answer.ts';
import type { IdentityContext } from '../exchange/context.ts';
import { fieldOf, type IdentityExchange } from '../exchange/identity-exchange.ts';
import { catalogueSettings } from '../exchange/login-answer.ts';
import { queryOf } from '../exchange/query.ts';
import { sendIdentity, sendIdentityEmpty } from '../exchange/send-identity.ts';

/** Show a token: GET /v2.0/tokens/{token}. @throws {Fault} */
export async function validateToken(asked: IdentityExchange, context: IdentityContext): Promise<void> {
  const { access, notes } = await accessOfSubject(asked, context);
  sendIdentity(asked, 200, accessDocument, access, { notes, maxNotes: context.settings.maxNotes });
}

/** Check a token: HEAD /v2.0/tokens/{token}. The answer of legacy Keystone was 204, where v3 has 200. @throws {Fault} */
export async function checkToken(asked: IdentityExchange, context: IdentityContext): Promise<void> {
  if (queryOf(asked, 'belongsTo') === undefined) await askAboutSubject('HEAD', asked, context);
  else await accessOfSubject(asked, context);
  sendIdentityEmpty(asked, 204);
}

/** Revoke a token: DELETE /v2.0/tokens/{token}. @throws {Fault} */
export async function revokeToken(asked: IdentityExchange, context: IdentityContext): Promise<void> {
  await askAboutSubject('DELETE', asked, context);
  sendIdentityEmpty(asked, 204);
}

/** List the endpoints of a token: GET /v2.0/tokens/{token}/endpoints. @throws {Fault} */
export async function listTokenEndpoints(asked: IdentityExchange, context: IdentityContext): Promise<void> {
  const { access, notes } = await accessOfSubject(asked, context);
  const endpoints = tokenEndpointsOf(access);
  sendIdentity(asked, 200, tokenEndpointsDocument, endpoints, { notes, maxNotes: context.settings.maxNotes });
}

/** Read the token of the path. @throws {Fault} 401 if it does not belong to the tenant that the query names */
async function accessOfSubject(asked: IdentityExchange, context: IdentityContext): Promise<AccessAnswer> {
  const token = readV3Token(await askAboutSubject('GET', asked, context), subjectOf(asked));
  const wanted = queryOf(asked, 'belongsTo');
  if (wanted !== undefined && wanted !== '' && token.project?.id !== wanted) throw refusedLogin();
  return accessOf(token, catalogueSettings(asked, context.settings));
}

async function askAboutSubject(
  method: 'GET' | 'HEAD' | 'DELETE',
  asked: IdentityExchange,
  { ask, settings }: IdentityContext,
): Promise<CloudAnswer> {
  const subject = subjectOf(asked);
  if (subject.length > settings.rules.limits.token) throw unknownToken();
  const request = tokenRequest(method, fieldOf(asked, 'x-auth-token'), subject);
  const answer = await ask(request, asked.exchange);
  if (!isSuccess(answer)) throw cloudIdentityFault(answer, { call: asked.found.route.call });
  return answer;
}

function subjectOf({ found }: IdentityExchange): string {
  return found.segments['token'] ?? '';
}
