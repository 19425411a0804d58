/** The formats of the Identity API. */
export type IdentityFormat = 'json' | 'xml';
