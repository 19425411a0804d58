/** The segment before a token in a path: of Identity, and of consoles. */
const tokens = /((?:^|\/)(?:[\w-]*-)?tokens\/+)[^/]+/gi;
/** Letters and digits that are encoded, which need not be: `%74okens` is the same word. */
const encodedWord = /%(?:3\d|[46][1-9a-f]|[57][\da])/gi;

/** Remove from a request target what may be a secret, for logs and traces: the query, and tokens. */
export function shownPath(target: string): string {
  const path = target.replace(/[?#].*$/s, '');
  const plain = path.includes('%') ? path.replace(encodedWord, decoded) : path;
  const masked = plain.replace(tokens, '$1***');
  // An encoded path is shown as it was written, unless it hides a token.
  return masked === plain ? path : masked;
}

function decoded(code: string): string {
  return String.fromCharCode(Number.parseInt(code.slice(1), 16));
}
