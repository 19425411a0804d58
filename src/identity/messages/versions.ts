import type { Infer } from '../../schema/infer.ts';
import { attribute, element, inline, list, record, string } from '../../schema/words.ts';
import { identityV2, type IdentityDocument } from './identity-document.ts';

const link = record({ href: attribute(string()), type: attribute(string()), rel: attribute(string()) });

const members = {
  status: attribute(string()),
  updated: attribute(string()),
  id: attribute(string()),
  'media-types': element(list(record({ base: attribute(string()), type: attribute(string()) }), { tag: 'media-type' })),
  links: element(list(link, { tag: 'link' })),
} as const;

const version = record(members);
/** Legacy Keystone wrote the links of v2.0 twice in XML: in `<links>`, and behind it. */
const versionInXml = record({ ...members, link: inline(list(link, { tag: 'link' })) });

/** The answer of /v2.0. */
export const identityVersionDocument = {
  message: { root: 'version', content: version, ...identityV2 },
  inXml: { root: 'version', content: versionInXml, ...identityV2 },
} as const satisfies IdentityDocument;

/** The answer of / on an identity port, with status 300. */
export const identityVersionsDocument = {
  message: {
    root: 'versions',
    content: record({ values: inline(list(version, { tag: 'version' })) }),
    ...identityV2,
  },
  inXml: {
    root: 'versions',
    content: record({ values: inline(list(versionInXml, { tag: 'version' })) }),
    ...identityV2,
  },
} as const satisfies IdentityDocument;

/** A version of the Identity API. */
export type IdentityVersion = Infer<typeof versionInXml>;
