import { isAscii, isUtf8 } from 'node:buffer';
import { isBase64, pieceLength } from '../base64.ts';

/** The characters that XML 1.0 forbids, and U+FEFF, which may be a byte order mark. UTF-8 has no surrogates. */
// oxlint-disable-next-line no-control-regex -- the rule is about control characters
const odd = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFEFF\uFFFE\uFFFF]/;

const lineEnds = /\r\n?/g;

/**
 * Decode UTF-8 of a document and normalize its line ends to LF (XML 1.0, section 2.11). Undefined for bytes that are not
 * UTF-8, and for characters about which only the strict parser decides.
 */
export function plainText(bytes: Buffer): string | undefined {
  const text = decode(bytes);
  if (text === undefined || isOdd(text)) return undefined;
  return text.includes('\r') ? text.replace(lineEnds, '\n') : text;
}

/** Decode UTF-8; undefined for other bytes. ASCII becomes V8's one-byte strings, which are the cheapest. */
function decode(bytes: Buffer): string | undefined {
  if (isAscii(bytes)) return bytes.toString('latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** Check that a text contains odd characters. Large bodies are mostly base64, and isBase64() is faster than the search, so skip such pieces. */
function isOdd(text: string): boolean {
  if (text.length <= pieceLength) return odd.test(text);
  for (let at = 0; at < text.length; at += pieceLength) {
    const piece = text.slice(at, at + pieceLength);
    if (!isBase64(piece) && odd.test(piece)) return true;
  }
  return false;
}
