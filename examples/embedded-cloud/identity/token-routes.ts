import { type Answer, withHeaders } from '../http/answer.ts';
import type { TokenRecord } from './accounts/account-records.ts';
import { type KeystoneCall, identityAnswer } from './http/keystone-call.ts';
import { forbidden } from './http/identity-fault.ts';
import { logIn } from './login/login.ts';
import { catalogFor } from './tokens/catalog.ts';
import { callersToken, subjectToken } from './tokens/find-token.ts';
import { tokenDocument } from './tokens/token-document.ts';

/** Respond to POST /v3/auth/tokens. */
export function answerLogin(call: KeystoneCall): Answer {
  return tokenAnswer(call, 201, logIn(call.identity, call.body['auth']));
}

/** Respond to GET and HEAD /v3/auth/tokens. */
export function answerToken(call: KeystoneCall): Answer {
  const isCheck = call.incoming.received.method === 'HEAD';
  return tokenAnswer(call, 200, subjectToken(call, `identity:${isCheck ? 'check' : 'validate'}_token`));
}

/** Respond to DELETE /v3/auth/tokens. */
export function answerRevokeToken(call: KeystoneCall): Answer {
  subjectToken(call, 'identity:revoke_token').isRevoked = true;
  return { status: 204, headers: {}, body: '' };
}

/** Respond to GET /v3/auth/catalog, which needs a token with a project. */
export function answerCatalog(call: KeystoneCall): Answer {
  const { scope } = callersToken(call);
  if (scope.kind !== 'project') throw forbidden();
  const links = { self: `${call.base}/auth/catalog` };
  return identityAnswer(200, { catalog: catalogFor(call.identity, scope.project.id), links }, '\n');
}

function tokenAnswer({ identity, query }: KeystoneCall, status: number, token: TokenRecord): Answer {
  const without = query.get('nocatalog');
  const hasCatalog = without === null || !identity.profile.leavesOutCatalog(without);
  const answer = identityAnswer(status, tokenDocument(identity, token, hasCatalog));
  return withHeaders(answer, { 'X-Subject-Token': token.id });
}
