import { attribute, element, record, string } from '../../schema/words.ts';
import { expecting } from './expecting.ts';
import { identityV2, rackspaceAuth } from './identity-document.ts';

const name = attribute(string(), { nullable: true });

const secretOf = (member: string, target: string) =>
  attribute(string(), { required: true, nullable: true, secret: true, missing: expecting(member, target) });

/** The members that each form of credentials has. Exactly one form is read: see `credential-forms.ts`. */
const forms = {
  token: element(
    record({ id: attribute(string(), { required: true, secret: true, missing: expecting('id', 'token') }) }),
  ),
  passwordCredentials: element(
    record({ username: name, userId: name, password: secretOf('password', 'passwordCredentials') }),
  ),
  'RAX-KSKEY:apiKeyCredentials': element(
    record({ username: name, apiKey: secretOf('apiKey', 'RAX-KSKEY:apiKeyCredentials') }),
    { xml: 'apiKeyCredentials' },
  ),
  apiAccessKeyCredentials: element(
    record({ accessKey: name, secretKey: secretOf('secretKey', 'apiAccessKeyCredentials') }),
  ),
} as const;

/** The name of a form of credentials. */
export type CredentialMember = keyof typeof forms;

/** The request of POST /v2.0/tokens. Null and an empty text count as none, for each name. */
export const authMessage = {
  root: 'auth',
  content: record({ tenantName: name, tenantId: name, trust_id: name, ...forms }),
  ...identityV2,
} as const;

/** The request of POST /v1.1/auth, Rackspace's login of 2010. */
export const credentialsMessage = {
  root: 'credentials',
  content: record({
    username: attribute(string(), { required: true, missing: expecting('username', 'credentials') }),
    key: attribute(string(), { required: true, secret: true, missing: expecting('key', 'credentials') }),
  }),
  ...rackspaceAuth,
} as const;
