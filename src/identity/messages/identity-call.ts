/** The name of a call. `forward` stands for the calls of v3, which are forwarded untouched. */
export type IdentityCall =
  | 'showIdentityVersions'
  | 'showIdentityVersion'
  | 'listIdentityExtensions'
  | 'showIdentityExtension'
  | 'logIn'
  | 'validateToken'
  | 'checkToken'
  | 'revokeToken'
  | 'listTokenEndpoints'
  | 'listTenants'
  | 'changeOwnPassword'
  | 'logInByHeaders'
  | 'logInByCredentials'
  | 'forward'
  | 'untranslated';
