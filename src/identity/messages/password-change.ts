import { attribute, record, string } from '../../schema/words.ts';
import { expecting } from './expecting.ts';
import { identityV2 } from './identity-document.ts';

const secret = (missing: string) => attribute(string(), { required: true, secret: true, missing });

/** The request of PATCH /v2.0/OS-KSCRUD/users/{user}: a user changes its own password. */
export const passwordChangeMessage = {
  root: 'user',
  content: record({
    password: secret(expecting('password', 'user')),
    original_password: secret(expecting('original password', 'user')),
  }),
  ...identityV2,
} as const;
