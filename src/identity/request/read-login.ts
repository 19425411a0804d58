import { isFields, type Fields } from '../../schema/fields.ts';
import { forbiddenLogin, refusedMember } from '../faults/refusals.ts';
import { authMessage, credentialsMessage } from '../messages/auth.ts';
import { expecting } from '../messages/expecting.ts';
import { passwordChangeMessage } from '../messages/password-change.ts';
import { credentialFormOf, credentialsIn, type CredentialForm } from './credential-forms.ts';
import { readContentOf, type IdentityBody } from './identity-body.ts';
import { notesOnLogin, scopeMembers } from './login-notes.ts';
import type { Login, LoginProof, ProjectReference } from './login.ts';
import { checkSizes, type LoginLimits } from './login-limits.ts';
import { readMessage } from './read-message.ts';
import { presentText } from './present-text.ts';

/** The settings by which a login is read. */
export interface LoginRules {
  /** Take API keys as passwords, or refuse them as legacy Keystone did. */
  readonly apiKeys: 'refuse' | 'password';
  readonly limits: LoginLimits;
}

/** The change of a password. It holds secrets. */
export interface PasswordChange {
  readonly password: string;
  readonly original: string;
}

/**
 * Read the request of POST /v2.0/tokens. A token overrides a password, a user's name its id, and a tenant's name its id; null and
 * an empty text count as none.
 * @throws {Fault} 400 for what legacy Keystone refused, in its order and with its messages, and for a request that can be
 *   read in two ways; 403 for a trust without a tenant
 */
export function readLogin(body: IdentityBody, { apiKeys, limits }: LoginRules): Login {
  const content = readContentOf('auth', body);
  // Python looked for members in any text or list, and found none.
  const auth = isFields(content) ? content : {};
  const form = credentialFormOf(auth, apiKeys);
  if (form === undefined) throw refusedMember('auth', expecting('passwordCredentials', 'auth'));
  const { given, notes } = readMessage(authMessage, selected(auth, form));
  const proof = proofOf(form, given, limits);
  const project = projectOf(given, limits);
  const trust = form.member === 'token' ? presentText(given['trust_id']) : undefined;
  if (trust !== undefined && project === undefined) throw forbiddenLogin();
  const isIdFirst = form.member === 'apiAccessKeyCredentials';
  return { form: form.form, proof, project, trust, isIdFirst, notes: [...notes, ...notesOnLogin(auth, form, given)] };
}

/**
 * Read the request of POST /v1.1/auth: a login with a key, without a project.
 * @throws {Fault} 400
 */
export function readCredentials(body: IdentityBody, limits: LoginLimits): Login {
  const { given, notes } = readMessage(credentialsMessage, readContentOf('credentials', body));
  const [username, key] = [presentText(given['username']), presentText(given['key']) ?? ''];
  checkSizes(
    [
      ['key', key, 'password'],
      ['username', username, 'name'],
    ],
    limits,
  );
  if (username === undefined) throw refusedMember('credentials.username', expecting('username', 'credentials'));
  const proof: LoginProof = { kind: 'password', user: { name: username }, password: key };
  return { form: 'key', proof, project: undefined, trust: undefined, isIdFirst: false, notes };
}

/** Read the request of PATCH /v2.0/OS-KSCRUD/users/{user}. @throws {Fault} 400 */
export function readPasswordChange(body: IdentityBody, limits: LoginLimits): PasswordChange {
  const { given } = readMessage(passwordChangeMessage, readContentOf('user', body));
  const [password, original] = [String(given['password']), String(given['original_password'])];
  checkSizes(
    [
      ['password', password, 'password'],
      ['original_password', original, 'password'],
    ],
    limits,
  );
  return { password, original };
}

/** Keep the members of a login that count: the scope, and one form of credentials under its own name. */
function selected(auth: Fields, form: CredentialForm): Fields {
  const credentials = credentialsIn(auth, form);
  const scope = scopeMembers.filter((key) => Object.hasOwn(auth, key));
  return {
    ...Object.fromEntries(scope.map((key) => [key, auth[key]])),
    [form.member]: isFields(credentials) ? credentials : {},
  };
}

function proofOf({ member, user, secret }: CredentialForm, given: Fields, limits: LoginLimits): LoginProof {
  const inner = given[member];
  const credentials: Fields = isFields(inner) ? inner : {};
  const proof = credentials[secret];
  const password = typeof proof === 'string' ? proof : null;
  if (member === 'token') {
    const id = password ?? '';
    checkSizes([['token', id, 'token']], limits);
    return { kind: 'token', id };
  }
  const [name, id] = [presentText(credentials[user]), presentText(credentials['userId'])];
  const attribute = member === 'passwordCredentials' ? 'username or userId' : user;
  checkSizes([['password', password, 'password']], limits);
  if (name === undefined && id === undefined) throw refusedMember(`auth.${member}`, expecting(attribute, member));
  checkSizes(
    [
      ['userId', id, 'name'],
      [user, name, 'name'],
    ],
    limits,
  );
  return { kind: 'password', user: name === undefined ? { id: id ?? '' } : { name }, password };
}

function projectOf(given: Fields, limits: LoginLimits): ProjectReference | undefined {
  const [id, name] = [presentText(given['tenantId']), presentText(given['tenantName'])];
  checkSizes(
    [
      ['tenantId', id, 'name'],
      ['tenantName', name, 'name'],
    ],
    limits,
  );
  if (name !== undefined) return { name };
  return id === undefined ? undefined : { id };
}
