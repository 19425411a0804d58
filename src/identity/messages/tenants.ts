import type { Infer } from '../../schema/infer.ts';
import { attribute, boolean, element, inline, jsonOnly, list, nothing, record, string } from '../../schema/words.ts';
import { identityV2, type IdentityDocument } from './identity-document.ts';

/** A tenant, called project since v3. Null is no description, and "" an empty one. */
export const tenant = record({
  enabled: attribute(boolean()),
  name: attribute(string()),
  id: attribute(string()),
  description: element(string(), { nullable: true }),
});

const content = record({
  tenants_links: jsonOnly(list(nothing(), { tag: 'link' })),
  tenants: inline(list(tenant, { tag: 'tenant' }), { required: true }),
});

/** The answer of GET /v2.0/tenants. */
export const tenantsDocument = {
  message: { root: 'tenants', content, isBare: true, ...identityV2 },
} as const satisfies IdentityDocument;

/** A tenant of a document. */
export type Tenant = Infer<typeof tenant>;
/** The content of the answer of GET /v2.0/tenants. */
export type Tenants = Infer<typeof content>;
