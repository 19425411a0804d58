import type { Answer } from '../http/answer.ts';
import { answerProjects, answerUserPassword } from './account-routes.ts';
import { wrongMethodAnswer } from './http/flask-pages.ts';
import type { KeystoneCall } from './http/keystone-call.ts';
import { answerCatalog, answerLogin, answerRevokeToken, answerToken } from './token-routes.ts';
import { answerIdentityVersion, answerIdentityVersions } from './version-routes.ts';

/** A path of the identity service: its answers by method. */
export interface KeystoneRoute {
  readonly pattern: RegExp;
  /** False for the version documents. */
  readonly isApi: boolean;
  readonly answers: Readonly<Record<string, (call: KeystoneCall) => Answer>>;
}

/** The routes; a slash at the end of a path does not count. */
export const IDENTITY_ROUTES: readonly KeystoneRoute[] = [
  { pattern: /^$/, isApi: false, answers: readable(answerIdentityVersions) },
  { pattern: /^\/v3$/, isApi: false, answers: readable(answerIdentityVersion) },
  {
    pattern: /^\/v3\/auth\/tokens$/,
    isApi: true,
    answers: { POST: answerLogin, ...readable(answerToken), DELETE: answerRevokeToken },
  },
  { pattern: /^\/v3\/auth\/projects$/, isApi: true, answers: readable(answerProjects) },
  { pattern: /^\/v3\/auth\/catalog$/, isApi: true, answers: readable(answerCatalog) },
  {
    pattern: /^\/v3\/users\/(?<user>[^/]+)\/password$/,
    isApi: true,
    answers: { POST: answerUserPassword, ...readable(() => wrongMethodAnswer(['POST'], true)) },
  },
];

function readable(answer: (call: KeystoneCall) => Answer): KeystoneRoute['answers'] {
  return { GET: answer, HEAD: answer };
}
