/** Check that a text can be a token: visible ASCII, because it is sent in a header field. */
export function isTokenText(token: string): boolean {
  return /^[!-~]+$/.test(token);
}
