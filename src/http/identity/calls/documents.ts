import { identityExtension, identityExtensions } from '../../../identity/answer/identity-extensions.ts';
import { identityVersion2, identityVersions } from '../../../identity/answer/identity-versions.ts';
import { identityExtensionDocument, identityExtensionsDocument } from '../../../identity/messages/extensions.ts';
import { identityVersionDocument, identityVersionsDocument } from '../../../identity/messages/versions.ts';
import type { IdentityExchange } from '../exchange/identity-exchange.ts';
import { sendIdentity } from '../exchange/send-identity.ts';

/** Answer with the versions of the Identity API: 300, as legacy Keystone did. The cloud is not asked. */
export function showIdentityVersions(asked: IdentityExchange): void {
  sendIdentity(asked, 300, identityVersionsDocument, identityVersions(asked.identityUrl));
}

/** Answer with the description of v2.0. */
export function showIdentityVersion(asked: IdentityExchange): void {
  sendIdentity(asked, 200, identityVersionDocument, identityVersion2(asked.identityUrl));
}

/** Answer with the extensions of legacy Keystone. */
export function listIdentityExtensions(asked: IdentityExchange): void {
  sendIdentity(asked, 200, identityExtensionsDocument, identityExtensions());
}

/** Answer with one of them. @throws {Fault} 404 for an unknown alias */
export function showIdentityExtension(asked: IdentityExchange): void {
  sendIdentity(asked, 200, identityExtensionDocument, identityExtension(asked.found.segments['alias'] ?? ''));
}
