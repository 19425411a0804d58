import type { Infer } from '../../schema/infer.ts';
import { attribute, element, inline, list, record, string } from '../../schema/words.ts';
import { identityV2, type IdentityDocument } from './identity-document.ts';

const link = record({ href: attribute(string()), type: attribute(string()), rel: attribute(string()) });

const extension = record({
  updated: attribute(string()),
  name: attribute(string()),
  namespace: attribute(string()),
  alias: attribute(string()),
  links: element(list(link, { tag: 'link' })),
  description: element(string()),
});

/** The answer of GET /v2.0/extensions/{alias}. */
export const identityExtensionDocument = {
  message: { root: 'extension', content: extension, ...identityV2 },
} as const satisfies IdentityDocument;

/** The answer of GET /v2.0/extensions. */
export const identityExtensionsDocument = {
  message: {
    root: 'extensions',
    content: record({ values: inline(list(extension, { tag: 'extension' })) }),
    ...identityV2,
  },
} as const satisfies IdentityDocument;

/** An extension of the Identity API. */
export type IdentityExtension = Infer<typeof extension>;
