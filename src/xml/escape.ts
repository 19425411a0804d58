/** Escaping as lxml did it for legacy Nova, and the replacement of characters that XML 1.0 forbids. */

const inText = /[&<>\r]/g;
const inQuotedText = /[&<>"\r]/g;
const inAttribute = /[&<>"\t\n\r]/g;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

const reference = (character: string): string => references[character] ?? character;

const literal = /^[ !#-%'-;=?-~]*$/;

/** Check that a text needs no escaping anywhere: nearly all texts are printable ASCII without markup. */
export function isLiteral(text: string): boolean {
  return literal.test(text);
}

/** Escape character data: `& < >` and CR; quotes, LF and TAB stay raw. */
export function escapeText(text: string): string {
  return isLiteral(text) ? text : text.replace(inText, reference);
}

/** Escape character data as minidom does: quotes too, in addition to `& < >` and CR. */
export function escapeQuotedText(text: string): string {
  return isLiteral(text) ? text : text.replace(inQuotedText, reference);
}

/** Escape the value of an attribute in double quotes. TAB, LF and CR are escaped too, because a parser would convert them to spaces. */
export function escapeAttribute(text: string): string {
  return isLiteral(text) ? text : text.replace(inAttribute, reference);
}

/** The characters outside the production Char of XML 1.0; lone surrogates match because of the u flag. */
const unwritable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Check that every character of a text is allowed in XML 1.0. */
export function isWritable(text: string): boolean {
  return isLiteral(text) || text.search(unwritable) === -1;
}

/** Replace each character that XML 1.0 forbids with U+FFFD. */
export function makeWritable(text: string): string {
  return text.replace(unwritable, '\uFFFD');
}
