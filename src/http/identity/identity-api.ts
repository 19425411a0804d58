import { untranslatedRoute, unknownRoute, loginIsOff } from '../../identity/faults/refusals.ts';
import { answerFormat } from '../../identity/request/answer-format.ts';
import { isHeaderLogin } from '../../identity/request/header-login.ts';
import type { IdentityCall } from '../../identity/messages/identity-call.ts';
import { findIdentityRoute, isIdentityPath, type FoundRoute } from '../../identity/routes.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { admit } from '../exchange/rules/admit.ts';
import { changeOwnPassword } from './calls/change-own-password.ts';
import {
  listIdentityExtensions,
  showIdentityExtension,
  showIdentityVersion,
  showIdentityVersions,
} from './calls/documents.ts';
import { forwardV3 } from './calls/forward-v3.ts';
import { listTenants } from './calls/list-tenants.ts';
import { logIn } from './calls/log-in.ts';
import { logInByCredentials, logInByHeaders } from './calls/log-in-by-key.ts';
import { checkToken, listTokenEndpoints, revokeToken, validateToken } from './calls/tokens.ts';
import type { IdentityContext, IdentitySettings } from './exchange/context.ts';
import type { IdentityExchange } from './exchange/identity-exchange.ts';
import { addIdentityNeeds } from './exchange/identity-needs.ts';
import { ownUrls } from './exchange/public-urls.ts';
import { identityFaults } from './exchange/send-identity.ts';

/** The function that answers a call. */
type Answer = (asked: IdentityExchange, context: IdentityContext) => Promise<void> | void;

/** The calls that the gateway translates, by name. */
const answers: Readonly<Record<Exclude<IdentityCall, 'forward' | 'untranslated'>, Answer>> = {
  showIdentityVersions,
  showIdentityVersion,
  listIdentityExtensions,
  showIdentityExtension,
  logIn,
  logInByHeaders,
  logInByCredentials,
  validateToken,
  checkToken,
  revokeToken,
  listTokenEndpoints,
  listTenants,
  changeOwnPassword,
};

/** The settings that faults need too, which a gateway without an identity service answers. */
type UrlSettings = Pick<IdentitySettings, 'publicUrl' | 'identityUrl' | 'computePort' | 'replyDefault'>;

/** The function that answers an exchange which has been recognized as one of the Identity API. */
export type AnswerIdentity = () => Promise<void>;

/**
 * The function that recognizes the exchanges of the Identity API, before any limit applies to them: every fault has its form from
 * then on. Undefined for those of compute.
 */
export type RecognizeIdentity = (exchange: Exchange) => AnswerIdentity | undefined;

/**
 * Create the Identity API.
 * @param context undefined if the gateway has no identity service: then the paths of logins are 404
 * @param forward forwards the calls of v3 to the identity service, untouched
 */
export function createIdentityApi(
  context: IdentityContext | undefined,
  urls: UrlSettings,
  forward: (exchange: Exchange) => Promise<void>,
): RecognizeIdentity {
  return (exchange) => {
    const { request, isAtIdentityPort, refusedTarget } = exchange;
    const target = refusedTarget ?? request.url;
    // Almost every request is one of compute.
    if (!isAtIdentityPort && !mayBeIdentity.test(target)) return undefined;
    const [path = ''] = target.split('?', 1);
    const hasKey = isHeaderLogin(request.headers);
    const found = findIdentityRoute(request.method, path, { isIdentityPort: isAtIdentityPort, hasKey });
    const isForward = found?.route.call === 'forward';
    const isOwn = found === undefined ? isIdentityPath(path, hasKey) : !isForward || context !== undefined;
    if (!isOwn && !isAtIdentityPort) return undefined;
    const asked = identityExchange(exchange, found, urls);
    // The faults of v3 have the same form, in JSON.
    exchange.ownFault = identityFaults(isForward ? 'json' : asked.format, asked.identityUrl);
    if (context !== undefined) addIdentityNeeds(asked);
    if (!isForward || context === undefined) return () => answer(asked, found, context);
    return () => forwardV3(exchange, { beginLogin: context.beginLogin, forward });
  };
}

/**
 * The paths of the Identity API, also where a segment ends otherwise than by a slash: the compute API must not get the passwords of such a request. Of v1.1
 * only those of logins: the others are paths of compute.
 */
const mayBeIdentity =
  /^\/+(?:(?:v1\.0|v2\.0|v3)(?:[/?\\;]|%(?:2[fF]|5[cC]|3[bBfF]|23|00)|$)|v1\.1(?:\/+auth)?\/*(?:\?|$))/;

async function answer(
  asked: IdentityExchange,
  found: FoundRoute | undefined,
  context: IdentityContext | undefined,
): Promise<void> {
  const { exchange } = asked;
  if (context === undefined) throw loginIsOff();
  const { call } = found?.route ?? {};
  if (call === undefined || call === 'forward') throw unknownRoute();
  if (call === 'untranslated') throw untranslatedRoute();
  exchange.trace.operation = call;
  admit(exchange);
  const release = context.gate.tryAcquire(exchange.account) ?? (await context.gate.acquire(exchange));
  try {
    await answers[call](asked, context);
  } finally {
    release();
  }
}

const noRoute: FoundRoute = {
  route: { method: 'ANY', path: '/', call: 'untranslated' },
  segments: {},
  suffix: undefined,
};

function identityExchange(exchange: Exchange, found: FoundRoute = noRoute, settings: UrlSettings): IdentityExchange {
  const { accept, 'content-type': contentType } = exchange.request.headers;
  const format = answerFormat({ suffix: found.suffix, accept, contentType, fallback: settings.replyDefault });
  return { exchange, found, format, ...ownUrls(exchange, settings) };
}
