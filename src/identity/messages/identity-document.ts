/** The documents of Identity v2.0: a description for JSON and for XML, and the namespaces that the roots declare. */

import type { Message } from '../../schema/shapes.ts';

/** A document of the Identity API. Its values have the members in the order of the JSON text; the description has that of XML. */
export interface IdentityDocument {
  readonly message: Message;
  /** The description for XML, where it has members or an order that JSON has not. */
  readonly inXml?: Message;
}

/** Documents of Identity v2.0: only the root declares a namespace. The declaration of XML is written with the indentation. */
export const identityV2 = {
  namespaces: { '': 'http://docs.openstack.org/identity/api/v2.0' },
  extensions: {},
  isUndeclared: true,
} as const satisfies Partial<Message>;

/** Documents of Rackspace's auth 1.1. */
export const rackspaceAuth = {
  namespaces: { '': 'http://docs.rackspacecloud.com/auth/api/v1.1' },
  extensions: {},
  isUndeclared: true,
} as const satisfies Partial<Message>;
