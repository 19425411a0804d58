import { accessOf } from '../../../identity/answer/access-of.ts';
import { authAnswer, headerAnswer } from '../../../identity/answer/header-answer.ts';
import { readTenants } from '../../../identity/answer/tenants-of.ts';
import type { V3Token } from '../../../identity/answer/v3-token.ts';
import { cloudIdentityFault } from '../../../identity/faults/cloud-faults.ts';
import { refusedLogin } from '../../../identity/faults/refusals.ts';
import type { Access } from '../../../identity/messages/access.ts';
import { authAnswerDocument } from '../../../identity/messages/auth-answer.ts';
import { readHeaderLogin, soleProject } from '../../../identity/request/header-login.ts';
import type { Login } from '../../../identity/request/login.ts';
import { readCredentials } from '../../../identity/request/read-login.ts';
import { projectsRequest } from '../../../identity/request/v3-requests.ts';
import { setNoteHeaders } from '../../answer/note-headers.ts';
import type { IdentityContext } from '../exchange/context.ts';
import type { IdentityExchange } from '../exchange/identity-exchange.ts';
import { catalogueSettings, noteLogin } from '../exchange/login-answer.ts';
import { readIdentityBody } from '../exchange/read-identity-body.ts';
import { requestToken } from '../exchange/request-token.ts';
import { sendIdentity, sendIdentityEmpty } from '../exchange/send-identity.ts';

/** Log in by header fields: GET /v1.0 or /v1.1 with X-Auth-Key. The answer is 204 with header fields only. @throws {Fault} */
export async function logInByHeaders(asked: IdentityExchange, context: IdentityContext): Promise<void> {
  const { exchange } = asked;
  exchange.trace.login = 'headers';
  const login = readHeaderLogin(exchange.request.headers, context.settings.rules.limits);
  const { access, computeUrl } = await projectAccess(login, asked, context);
  sendIdentityEmpty(asked, 204, headerAnswer(access, computeUrl));
}

/** Log in by a key: POST /v1.1/auth. @throws {Fault} */
export async function logInByCredentials(asked: IdentityExchange, context: IdentityContext): Promise<void> {
  const { settings } = context;
  asked.exchange.trace.login = 'key';
  const login = readCredentials(await readIdentityBody(asked, context), settings.rules.limits);
  const { access, computeUrl } = await projectAccess(login, asked, context);
  sendIdentity(asked, 200, authAnswerDocument, authAnswer(access, computeUrl));
}

/**
 * Log in to the project of a login, or to the only project of its user, with at most three requests. These forms of login
 * are older than the versions of compute; its clients speak v1.1.
 */
async function projectAccess(
  login: Login,
  asked: IdentityExchange,
  context: IdentityContext,
): Promise<{ readonly access: Access; readonly computeUrl: string }> {
  const { exchange } = asked;
  const { settings } = context;
  const first = await requestToken(login, asked, context);
  const token = first.project === undefined ? await inSoleProject(first, asked, context) : first;
  noteLogin(asked, token, settings);
  const { access, notes } = accessOf(token, catalogueSettings(asked, settings));
  if (token.project === undefined) throw refusedLogin();
  const all = [...login.notes, ...notes];
  exchange.trace.notes = all;
  setNoteHeaders(exchange.response, all, settings.maxNotes);
  return { access, computeUrl: `${asked.computeUrl}/v1.1/${token.project.id}` };
}

async function inSoleProject({ id }: V3Token, asked: IdentityExchange, context: IdentityContext): Promise<V3Token> {
  const { domains } = context.settings;
  const answer = await context.ask(projectsRequest(id), asked.exchange);
  if (answer.status !== 200) throw cloudIdentityFault(answer, { call: asked.found.route.call });
  return requestToken(soleProject(id, readTenants(answer, domains.project)), asked, context);
}
