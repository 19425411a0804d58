import { isAscii, isUtf8 } from 'node:buffer';
import { isBase64, pieceLength } from './base64.ts';

/** What XML 1.0 forbids of all that UTF-8 can hold, and U+FEFF, which may be a byte order mark. */
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const odd = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFEFF\uFFFE\uFFFF]/;

const lineEnds = /\r\n?/g;

/**
 * The characters of a document in UTF-8, its line ends made LF as XML has it (2.11); undefined where any byte or character
 * of it is one that only the strict parser may judge.
 */
export function plainText(bytes: Buffer): string | undefined {
  const text = decode(bytes);
  if (text === undefined || isOdd(text)) return undefined;
  return text.includes('\r') ? text.replace(lineEnds, '\n') : text;
}

/** One byte a character where that is so: such texts cost the least, and pieces of them nothing. */
function decode(bytes: Buffer): string | undefined {
  if (isAscii(bytes)) return bytes.toString('latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** Large bodies are made of base64, which is known for what it is much faster than it is searched. */
function isOdd(text: string): boolean {
  if (text.length <= pieceLength) return odd.test(text);
  for (let at = 0; at < text.length; at += pieceLength) {
    const piece = text.slice(at, at + pieceLength);
    if (!isBase64(piece) && odd.test(piece)) return true;
  }
  return false;
}
