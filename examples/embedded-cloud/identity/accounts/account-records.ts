/** A domain of Keystone, which IAM calls an account. */
export interface DomainRecord {
  readonly id: string;
  readonly name: string;
}

/** A role, as tokens show it. */
export interface RoleRecord {
  readonly id: string;
  readonly name: string;
}

/** A project as the identity service stores it. */
export interface ProjectRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** False if nobody can log in to the project; lists show it all the same. */
  readonly enabled: boolean;
}

/** A user as the identity service stores it; tests may set the writable members. */
export interface UserRecord {
  readonly id: string;
  readonly name: string;
  /** The projects in which the user has the roles of the cloud. */
  readonly projectIds: readonly string[];
  /** The project of a login without a scope; null for none. */
  readonly defaultProjectId: string | null;
  password: string;
  enabled: boolean;
}

/** A token as the identity service stores it. */
export interface TokenRecord {
  readonly id: string;
  readonly user: UserRecord;
  readonly scope: TokenScope;
  /** How the user logged in, the last way first. */
  readonly methods: readonly string[];
  /** The token's own audit id, and that of the first login if the token was made from another token. */
  readonly auditIds: readonly string[];
  /** When it was issued and when it expires, in milliseconds since 1970. */
  readonly issued: number;
  readonly expires: number;
  isRevoked: boolean;
}

/** The scope of a token: a project, a whole domain, or none. */
export type TokenScope =
  | { readonly kind: 'project'; readonly project: ProjectRecord }
  | { readonly kind: 'domain' }
  | { readonly kind: 'unscoped' };
