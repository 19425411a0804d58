/** URIs as programs declare them, and every one of these is one to RFC 3986. */
const plain = /^(?:https?:\/\/[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:\/[A-Za-z0-9._~-]*)*|urn:[A-Za-z0-9.:-]+)$/;

/** The longest URI that is looked at, in characters, and the most of them. */
const longestUri = 200;
const mostDeclared = 16;

/** Bound to these URIs is what XML itself names. */
const reserved: ReadonlySet<string> = new Set([
  'http://www.w3.org/XML/1998/namespace',
  'http://www.w3.org/2000/xmlns/',
]);

/**
 * The namespaces that a root declares, where each has one prefix and each prefix one: then attributes are the same by
 * expanded name where they are written the same, and only there.
 */
export class Namespaces {
  readonly #prefixes: string[] = [];
  readonly #uris: string[] = [];

  /** @returns whether the declaration is a plain one */
  declare(prefix: string, uri: string): boolean {
    if (uri.length > longestUri || !plain.test(uri) || reserved.has(uri) || /^xml/i.test(prefix)) return false;
    if (this.#uris.includes(uri) || this.#prefixes.includes(prefix)) return false;
    this.#prefixes.push(prefix);
    this.#uris.push(uri);
    return this.#uris.length <= mostDeclared;
  }

  isBound(prefix: string): boolean {
    return prefix === '' || this.#prefixes.includes(prefix);
  }
}
