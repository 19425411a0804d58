import type { Infer } from '../../schema/infer.ts';
import { attribute, dict, element, list, record, string } from '../../schema/words.ts';
import { rackspaceAuth, type IdentityDocument } from './identity-document.ts';

const endpoint = record({ region: attribute(string()), publicURL: attribute(string()) });

const content = record({
  token: element(
    record({
      id: attribute(string(), { required: true, secret: true }),
      expires: attribute(string(), { required: true }),
    }),
    { required: true },
  ),
  serviceCatalog: element(dict(list(endpoint, { tag: 'endpoint' }), { tag: 'service', key: 'name' }), {
    required: true,
  }),
});

/** The answer of POST /v1.1/auth. */
export const authAnswerDocument = {
  message: { root: 'auth', content, ...rackspaceAuth },
} as const satisfies IdentityDocument;

/** The content of the answer of POST /v1.1/auth. */
export type AuthAnswer = Infer<typeof content>;
