/** The request of a login, whatever the form in which the caller sent it, and the request to Identity v3 for it. */

import type { Note } from '../../upstream/note.ts';

/** The domain of names: by its id, by its name, or none (some clouds take the name of a project alone). */
export type DomainReference = { readonly id: string } | { readonly name: string } | 'none';

/** The settings of logins that depend on the cloud. */
export interface LoginDomains {
  /** The domain of user names. */
  readonly user: DomainReference;
  /** The domain of project names. */
  readonly project: DomainReference;
  /**
   * The request for a token without a project. Keystone needs the word: without any scope it takes the user's default
   * project. Other clouds do not know the word.
   */
  readonly unscoped: 'explicit' | 'omit';
}

/** The form of a login: the label of its metrics. */
export type LoginForm = 'password' | 'token' | 'key' | 'headers';

/** A user by name or by id. */
export type UserReference = { readonly name: string } | { readonly id: string };
/** A project by name or by id. */
export type ProjectReference = { readonly name: string } | { readonly id: string };

/** The proof of identity of a login. A password is null if the caller sent null: every cloud refuses it. */
export type LoginProof =
  | { readonly kind: 'token'; readonly id: string }
  | { readonly kind: 'password'; readonly user: UserReference; readonly password: string | null };

/** A login. It holds secrets: it is never logged, and not kept behind the request to the cloud. */
export interface Login {
  readonly form: LoginForm;
  readonly proof: LoginProof;
  /** The project that the token is for; undefined for a token without one. */
  readonly project: ProjectReference | undefined;
  /** The id of a trust, which names the project itself. */
  readonly trust: string | undefined;
  /** Write `id` as the first attribute of the token in XML, as the service did whose access keys these are. */
  readonly isIdFirst: boolean;
  /** The notes on members of the request that do not reach the cloud. */
  readonly notes: readonly Note[];
}

/** A request to Identity v3. Its path is below the URL of the identity service. */
export interface IdentityRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  readonly path: `/v3/${string}`;
  /** The header fields besides those of every request; they may hold tokens. */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON value of the body; it may hold secrets. */
  readonly body?: unknown;
}

/** Check for a login whose secret is null or empty, which the cloud may refuse for its form. */
export function isBlankLogin({ proof }: Login): boolean {
  return proof.kind === 'token' ? proof.id === '' : proof.password === null || proof.password === '';
}

/** Make the request for a login: POST /v3/auth/tokens. */
export function loginRequest(login: Login, domains: LoginDomains): IdentityRequest {
  const scope = scopeOf(login, domains);
  return {
    method: 'POST',
    path: '/v3/auth/tokens',
    headers: {},
    body: { auth: { identity: identityOf(login.proof, domains.user), ...(scope !== undefined && { scope }) } },
  };
}

function identityOf(proof: LoginProof, domain: DomainReference): unknown {
  if (proof.kind === 'token') return { methods: ['token'], token: { id: proof.id } };
  const { user, password } = proof;
  return { methods: ['password'], password: { user: { ...inDomain(user, domain), password } } };
}

/** A project is sent by its name or its id, never both: Keystone wants a domain for the name then. */
function scopeOf({ project, trust }: Login, domains: LoginDomains): unknown {
  if (trust !== undefined) return { 'OS-TRUST:trust': { id: trust } };
  if (project !== undefined) return { project: inDomain(project, domains.project) };
  return domains.unscoped === 'explicit' ? 'unscoped' : undefined;
}

/** An id is unique in all domains; a name needs its domain. */
function inDomain(reference: UserReference | ProjectReference, domain: DomainReference): object {
  return 'id' in reference || domain === 'none' ? reference : { ...reference, domain };
}
