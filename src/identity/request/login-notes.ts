import { isFields, type Fields } from '../../schema/fields.ts';
import { dropped, type Note } from '../../upstream/note.ts';
import { authMessage } from '../messages/auth.ts';
import type { CredentialForm } from './credential-forms.ts';
import { presentText } from './present-text.ts';
import { unknownMemberReason } from './read-message.ts';

/** The members of a login that say what its token is for. */
export const scopeMembers = ['tenantName', 'tenantId', 'trust_id'] as const;

/** List the members of a login that another one overrides, and those that it does not have. */
export function notesOnLogin(auth: Fields, { member, localName }: CredentialForm, given: Fields): Note[] {
  const credentials = given[member];
  const overridden: readonly (readonly [path: string, isLost: boolean, because: string])[] = [
    ['auth.tenantId', hasBoth(given, 'tenantName', 'tenantId'), 'tenantName counts'],
    [`auth.${member}.userId`, isFields(credentials) && hasBoth(credentials, 'username', 'userId'), 'username counts'],
    [
      'auth.trust_id',
      member !== 'token' && presentText(given['trust_id']) !== undefined,
      'it counts beside a token only',
    ],
  ];
  const known = new Set<string>([...scopeMembers, member, localName]);
  return [
    ...overridden.filter(([, isLost]) => isLost).map(([path, , because]) => dropped(path, because)),
    ...Object.keys(auth)
      .filter((key) => !known.has(key))
      .map((key) =>
        dropped(
          `auth.${key}`,
          Object.hasOwn(authMessage.content.members, key) ? `${member} counts` : unknownMemberReason,
        ),
      ),
  ];
}

function hasBoth(members: Fields, ...names: readonly string[]): boolean {
  return names.every((name) => presentText(members[name]) !== undefined);
}
