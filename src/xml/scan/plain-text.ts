import { isAscii, isUtf8 } from 'node:buffer';
import { isBase64, pieceLength } from '../base64.ts';

/** Characters that XML 1.0 forbids, and U+FEFF, which may be a byte order mark. UTF-8 has no surrogates. */
// oxlint-disable-next-line no-control-regex -- the rule is about control characters
const odd = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFEFF\uFFFE\uFFFF]/;

const lineEnds = /\r\n?/g;

/**
 * Decode UTF-8 of a document and normalize its line ends to LF (XML 1.0, section 2.11). Undefined for bytes that are no
 * UTF-8, and for characters that only the strict parser may judge.
 */
export function plainText(bytes: Buffer): string | undefined {
  const text = decode(bytes);
  if (text === undefined || isOdd(text)) return undefined;
  return text.includes('\r') ? text.replace(lineEnds, '\n') : text;
}

/** Decode ASCII to V8's one-byte strings: they cost the least, and slices of them are not copied. */
function decode(bytes: Buffer): string | undefined {
  if (isAscii(bytes)) return bytes.toString('latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** Check a text for odd characters. Skip pieces of base64, of which large bodies consist: isBase64() is faster than the search. */
function isOdd(text: string): boolean {
  if (text.length <= pieceLength) return odd.test(text);
  for (let at = 0; at < text.length; at += pieceLength) {
    const piece = text.slice(at, at + pieceLength);
    if (!isBase64(piece) && odd.test(piece)) return true;
  }
  return false;
}
