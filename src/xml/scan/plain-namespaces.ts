/** The common forms of URIs. Each is valid by RFC 3986, so the strict parser accepts it. */
const plain = /^(?:https?:\/\/[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:\/[A-Za-z0-9._~-]*)*|urn:[A-Za-z0-9.:-]+)$/;

/** The longest URI, in characters, and the most declarations that are accepted. */
const longestUri = 200;
const mostDeclared = 16;

/** The URIs that XML reserves for its own prefixes. */
const reserved: ReadonlySet<string> = new Set([
  'http://www.w3.org/XML/1998/namespace',
  'http://www.w3.org/2000/xmlns/',
]);

/**
 * The namespaces that a root declares, one prefix for each URI and one URI for each prefix. Then two attributes have the same
 * expanded name only if they are written the same, so that duplicates are found without resolving names.
 */
export class PlainNamespaces {
  readonly #prefixes: string[] = [];
  readonly #uris: string[] = [];

  /** Add a declaration. @returns false if the strict parser must decide about it */
  declare(prefix: string, uri: string): boolean {
    if (uri.length > longestUri || !plain.test(uri) || reserved.has(uri) || /^xml/i.test(prefix)) return false;
    if (this.#uris.includes(uri) || this.#prefixes.includes(prefix)) return false;
    this.#prefixes.push(prefix);
    this.#uris.push(uri);
    return this.#uris.length <= mostDeclared;
  }

  /** Check that a prefix is declared; '' always is. */
  isBound(prefix: string): boolean {
    return prefix === '' || this.#prefixes.includes(prefix);
  }
}
