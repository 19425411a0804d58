/** The faults by which the gateway refuses a request of the Identity API itself. None of them quotes a value. */

import { Fault } from '../../fault.ts';
import { expecting } from '../messages/expecting.ts';

/** Refuse a body that is no document: 400. */
export function refusedBody(message: string): Fault {
  return new Fault(400, message, { reason: 'malformed-body' });
}

/** Refuse a member: 400. @param path its path, for the log */
export function refusedMember(path: string, message: string): Fault {
  return new Fault(400, message, { reason: 'invalid-member', member: path });
}

/** Refuse a Content-Type: 400, never 415, as legacy Keystone did. */
export function refusedType(): Fault {
  return new Fault(400, expecting('application/json', 'Content-Type header'), { reason: 'media-type' });
}

/** The one text of every 401: it does not tell an unknown user from a wrong password. */
export const unauthenticated = 'The request you have made requires authentication.';
/** The text of every 403. */
export const unauthorized = 'You are not authorized to perform the requested action.';

/** Refuse a request without credentials, or with some that no cloud can accept: 401. The cloud is not asked. */
export function refusedLogin(): Fault {
  return new Fault(401, unauthenticated, { reason: 'login-refused' });
}

/** Refuse what legacy Keystone forbade whoever asked: 403. The cloud is not asked. */
export function forbiddenLogin(): Fault {
  return new Fault(403, unauthorized, { reason: 'login-refused' });
}

/** Refuse a path or method that the API never had: 404. */
export function unknownRoute(): Fault {
  return new Fault(404, 'The resource could not be found.', { reason: 'identity-path' });
}

/** Refuse every call of the Identity API where the gateway has no identity service behind it: 404. */
export function loginIsOff(): Fault {
  const message =
    "This gateway has no login, because its operator has not set identity.url. Log in at the cloud's own identity service.";
  return new Fault(404, message, { reason: 'identity-path' });
}

/** Refuse a call of Identity v2.0 that the gateway does not translate: 501. */
export function untranslatedRoute(): Fault {
  return new Fault(501, 'The action you have requested has not been implemented.', { reason: 'identity-path' });
}

/** Refuse a login of an address or user with too many failed ones: 429. @param retryAfter in seconds */
export function tooManyLogins(retryAfter: number): Fault {
  return new Fault(429, 'Too many logins. Wait, then try again.', {
    reason: 'login-rate',
    retryAfter: String(retryAfter),
  });
}

/** Say that a password was changed, though the call failed: 502. @param cause the failure of the login behind it */
export function passwordChanged(cause: unknown): Fault {
  const message = 'The password was changed, but the identity service gave no new token. Log in with the new password.';
  return new Fault(502, message, { reason: 'cloud-nonsense', cause });
}

/** Refuse a login because the catalogue has compute in several regions, and nothing says which one is served: 502. */
export function unclearRegion(): Fault {
  const message =
    'The cloud has several regions, and the gateway does not know which of them it serves. Its operator must set the region.';
  return new Fault(502, message, { reason: 'login-region' });
}
