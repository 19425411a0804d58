import { Fault } from '../../fault.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import { jsonReader } from '../../schema/read/read-json.ts';
import type { Message } from '../../schema/shapes.ts';
import { perMessage } from '../../schema/per-message.ts';
import { forbiddenLogin, refusedMember } from '../faults/refusals.ts';
import { authMessage, credentialsMessage } from '../messages/auth.ts';
import { expecting, isMalformed } from '../messages/expecting.ts';
import { passwordChangeMessage } from '../messages/password-change.ts';
import { credentialFormOf, credentialsIn, type CredentialForm } from './credential-forms.ts';
import { readContentOf, type IdentityBody } from './identity-body.ts';
import type { Login, LoginProof, ProjectReference } from './login.ts';
import { checkSizes, type LoginLimits } from './login-limits.ts';

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
  const given = readMessage(authMessage, selected(auth, form));
  const proof = proofOf(form, given, limits);
  const project = projectOf(given, limits);
  const trust = form.member === 'token' ? textOf(given['trust_id']) : undefined;
  if (trust !== undefined && project === undefined) throw forbiddenLogin();
  return { form: form.form, proof, project, trust, isIdFirst: form.member === 'apiAccessKeyCredentials' };
}

/**
 * Read the request of POST /v1.1/auth: a login with a key, without a project.
 * @throws {Fault} 400
 */
export function readCredentials(body: IdentityBody, limits: LoginLimits): Login {
  const given = readMessage(credentialsMessage, readContentOf('credentials', body));
  const [username, key] = [textOf(given['username']), textOf(given['key']) ?? ''];
  checkSizes(
    [
      ['key', key, 'password'],
      ['username', username, 'name'],
    ],
    limits,
  );
  if (username === undefined) throw refusedMember('credentials.username', expecting('username', 'credentials'));
  const proof: LoginProof = { kind: 'password', user: { name: username }, password: key };
  return { form: 'key', proof, project: undefined, trust: undefined, isIdFirst: false };
}

/** Read the request of PATCH /v2.0/OS-KSCRUD/users/{user}. @throws {Fault} 400 */
export function readPasswordChange(body: IdentityBody, limits: LoginLimits): PasswordChange {
  const given = readMessage(passwordChangeMessage, readContentOf('user', body));
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
  const scope = ['tenantName', 'tenantId', 'trust_id'].filter((key) => Object.hasOwn(auth, key));
  return {
    ...Object.fromEntries(scope.map((key) => [key, auth[key]])),
    [form.member]: isFields(credentials) ? credentials : {},
  };
}

const readerOf = perMessage(({ content }) => jsonReader(content));

/** Read a content by its description. @throws {Fault} 400, in legacy Keystone's words for a missing member */
function readMessage(message: Message, content: unknown): Fields {
  const reading = { limits: new Map(), unknown: [], passedOver: [], keepUnknown: false };
  try {
    const value = readerOf(message)(isFields(content) ? content : {}, message.root, reading);
    return isFields(value) ? value : {};
  } catch (error) {
    if (error instanceof Fault && error.member !== undefined) throw inOwnWords(error, error.member);
    throw error;
  }
}

/** Word the fault of a member as legacy Keystone did: without a path where it had a sentence of its own. */
function inOwnWords(fault: Fault, path: string): Fault {
  const rule = fault.message.slice(`${path}: `.length);
  return refusedMember(path, rule.startsWith('Expecting') ? rule : `${path} ${rule} ${isMalformed}`);
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
  const [name, id] = [textOf(credentials[user]), textOf(credentials['userId'])];
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
  const [id, name] = [textOf(given['tenantId']), textOf(given['tenantName'])];
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

/** Return a text; undefined for null, an empty text, and an absent member. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
