import { accessOf } from '../../../identity/answer/access-of.ts';
import { accessDocument, accessDocumentIdFirst } from '../../../identity/messages/access.ts';
import { readLogin } from '../../../identity/request/read-login.ts';
import type { IdentityContext } from '../exchange/context.ts';
import type { IdentityExchange } from '../exchange/identity-exchange.ts';
import { catalogueSettings, noteLogin } from '../exchange/login-answer.ts';
import { readIdentityBody } from '../exchange/read-identity-body.ts';
import { requestToken } from '../exchange/request-token.ts';
import { sendIdentity } from '../exchange/send-identity.ts';

/** Log in: POST /v2.0/tokens. @throws {Fault} */
export async function logIn(asked: IdentityExchange, context: IdentityContext): Promise<void> {
  const { settings } = context;
  asked.exchange.trace.login = 'unread';
  const login = readLogin(await readIdentityBody(asked, context), settings.rules);
  asked.exchange.trace.login = login.form;
  const token = await requestToken(login, asked, context);
  noteLogin(asked, token, settings);
  const { access, notes } = accessOf(token, catalogueSettings(asked, settings));
  const document = login.isIdFirst ? accessDocumentIdFirst : accessDocument;
  sendIdentity(asked, 200, document, access, {
    notes: [...login.notes, ...notes],
    maxNotes: settings.maxNotes,
  });
}
