import type { Fields } from '../../schema/fields.ts';
import type { CredentialMember } from '../messages/auth.ts';
import type { LoginForm } from './login.ts';

/** A form of credentials. */
export interface CredentialForm {
  readonly member: CredentialMember;
  /** The name of the member without its prefix: XML callers write it so. */
  readonly localName: string;
  readonly form: LoginForm;
  /** The members that name the user and hold the secret. */
  readonly user: 'username' | 'accessKey';
  readonly secret: 'password' | 'apiKey' | 'secretKey' | 'id';
  /** True for the forms that Keystone never had: they are read if the settings say that keys are passwords. */
  readonly isKey: boolean;
}

/** The forms of credentials. Of several in one request the first in this order counts, as in legacy Keystone. */
export const credentialForms: readonly CredentialForm[] = [
  { member: 'token', localName: 'token', form: 'token', user: 'username', secret: 'id', isKey: false },
  {
    member: 'passwordCredentials',
    localName: 'passwordCredentials',
    form: 'password',
    user: 'username',
    secret: 'password',
    isKey: false,
  },
  {
    member: 'RAX-KSKEY:apiKeyCredentials',
    localName: 'apiKeyCredentials',
    form: 'key',
    user: 'username',
    secret: 'apiKey',
    isKey: true,
  },
  {
    member: 'apiAccessKeyCredentials',
    localName: 'apiAccessKeyCredentials',
    form: 'key',
    user: 'accessKey',
    secret: 'secretKey',
    isKey: true,
  },
];

/** Find the form of credentials of a request. @param keys the setting for keys */
export function credentialFormOf(auth: Fields, keys: 'refuse' | 'password'): CredentialForm | undefined {
  return credentialForms.find(
    (form) => (keys === 'password' || !form.isKey) && credentialsIn(auth, form) !== undefined,
  );
}

/** Return the credentials of a form; undefined if the request has none. */
export function credentialsIn(auth: Fields, { member, localName }: CredentialForm): unknown {
  return Object.hasOwn(auth, member) ? auth[member] : Object.hasOwn(auth, localName) ? auth[localName] : undefined;
}
