import type { Infer } from '../../schema/infer.ts';
import { attribute, inline, jsonOnly, list, nothing, record, string } from '../../schema/words.ts';
import { identityV2, type IdentityDocument } from './identity-document.ts';

const optional = attribute(string(), { nullable: true });

const content = record({
  endpoints_links: jsonOnly(list(nothing(), { tag: 'link' })),
  endpoints: inline(
    list(
      record({
        name: optional,
        adminURL: optional,
        region: optional,
        internalURL: optional,
        type: optional,
        id: optional,
        publicURL: optional,
      }),
      { tag: 'endpoint' },
    ),
  ),
});

/** The answer of GET /v2.0/tokens/{token}/endpoints. */
export const tokenEndpointsDocument = {
  message: { root: 'endpoints', content, isBare: true, ...identityV2 },
} as const satisfies IdentityDocument;

/** The content of the answer of GET /v2.0/tokens/{token}/endpoints. */
export type TokenEndpoints = Infer<typeof content>;
