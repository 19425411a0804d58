import type { Infer } from '../../schema/infer.ts';
import { attribute, element, inline, integer, list, nothing, record, string } from '../../schema/words.ts';
import { identityV2, type IdentityDocument } from './identity-document.ts';
import { tenant } from './tenants.ts';

const optional = attribute(string(), { nullable: true });

/** An empty list of links, which legacy Keystone wrote as an empty element in front of the items. */
const noLinks = element(list(nothing(), { tag: 'link' }));

const endpoint = record({
  adminURL: optional,
  region: optional,
  publicURL: optional,
  internalURL: optional,
  id: optional,
});

/** A service of the catalogue: one endpoint for each region. */
const service = record({
  type: optional,
  name: optional,
  endpoints_links: noLinks,
  endpoints: inline(list(endpoint, { tag: 'endpoint' })),
});

const issuedAt = optional;
const expires = attribute(string(), { required: true });
const id = attribute(string(), { required: true, secret: true });

const token = record({ issued_at: issuedAt, expires, id, tenant: element(tenant) });
/** The token as HP Cloud wrote it: a client of its access keys looks for `<token id="`. */
const tokenIdFirst = record({ id, issued_at: issuedAt, expires, tenant: element(tenant) });

const others = {
  trust: element(record({ trustee_user_id: optional, id: optional })),
  serviceCatalog: element(list(service, { tag: 'service' }), { required: true }),
  user: element(
    record({
      username: optional,
      id: optional,
      name: optional,
      roles_links: noLinks,
      roles: inline(list(record({ name: optional }), { tag: 'role' })),
    }),
    { required: true },
  ),
  metadata: element(record({ is_admin: attribute(integer()), roles: element(list(string(), { tag: 'role' })) }), {
    required: true,
  }),
} as const;

const content = record({ token: element(token, { required: true }), ...others });

/** The answer to a login, and to GET /v2.0/tokens/{token}. */
export const accessDocument = {
  message: { root: 'access', content, ...identityV2 },
} as const satisfies IdentityDocument;

/** The answer to a login with apiAccessKeyCredentials: `id` is the first attribute of `<token>`. */
export const accessDocumentIdFirst = {
  message: accessDocument.message,
  inXml: {
    root: 'access',
    content: record({ token: element(tokenIdFirst, { required: true }), ...others }),
    ...identityV2,
  },
} as const satisfies IdentityDocument;

/** The content of an access document. */
export type Access = Infer<typeof content>;
/** A service of the catalogue in an access document. */
export type CatalogueService = Infer<typeof service>;
/** An endpoint of a service: its URLs in one region. */
export type CatalogueEndpoint = Infer<typeof endpoint>;
