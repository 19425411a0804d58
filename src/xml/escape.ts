/** Escaping as lxml did it for legacy Nova, and the repair of what XML 1.0 cannot hold at all. */

const inText = /[&<>\r]/g;
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

const plain = /^[ !#-%'-;=?-~]*$/;

/** Whether a text stands for itself wherever it is: printable ASCII without markup, as nearly all are. */
export function isPlain(text: string): boolean {
  return plain.test(text);
}

/** Character data: `& < >` and CR escaped; quotes, LF and TAB raw. */
export function escapeText(text: string): string {
  return isPlain(text) ? text : text.replace(inText, reference);
}

/** An attribute's value, for double quotes: TAB, LF and CR escaped too, or a parser would make spaces of them. */
export function escapeAttribute(text: string): string {
  return isPlain(text) ? text : text.replace(inAttribute, reference);
}

/** All that the Char production of XML 1.0 leaves out; lone surrogates match because of the u flag. */
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const unwritable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Whether XML 1.0 can hold the text. */
export function isWritable(text: string): boolean {
  return isPlain(text) || text.search(unwritable) === -1;
}

/** The text with U+FFFD for each character that XML 1.0 cannot hold. */
export function makeWritable(text: string): string {
  return text.replace(unwritable, '\uFFFD');
}
