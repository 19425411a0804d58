import { attribute, integer, record, string } from '../../schema/words.ts';
import { identityV2, type IdentityDocument } from './identity-document.ts';

/** A fault of Identity v2.0. In XML the message is an attribute. */
export const errorDocument = {
  message: {
    root: 'error',
    content: record({ message: attribute(string()), code: attribute(integer()), title: attribute(string()) }),
    ...identityV2,
  },
} as const satisfies IdentityDocument;
