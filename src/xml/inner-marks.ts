import { isUtf8 } from 'node:buffer';

/** U+FEFF in UTF-8: at the start of a document a byte order mark, inside of it a character like any other. */
const mark = Buffer.from('\uFEFF');
/** A character reference to it, in the two ways that XML knows. */
const reference = /&#(?:x0*[fF][eE][fF]{2}|0*65279);/;
/** Such a reference, or what is read over because a reference in it is none: a comment, an instruction, a CDATA section. */
const references = new RegExp(
  `<!--[^]*?(?:-->|$)|<\\?[^]*?(?:\\?>|$)|<!\\[CDATA\\[[^]*?(?:\\]\\]>|$)|(${reference.source})`,
  'g',
);
/** Private characters, of which a document has hardly all. */
const standIns = Array.from({ length: 64 }, (_, index) => String.fromCharCode(0xe000 + index));

/** A document without U+FEFF, and the way back for each of its texts. */
export interface Hidden {
  readonly bytes: Buffer;
  readonly restore: (text: string) => string;
}

/**
 * Hides U+FEFF behind another character while a document is parsed: the parser's strings lose one at their start, and it
 * takes one before the root for a second byte order mark. Documents without it, nearly all, are left as they are.
 */
export function hideMarks(utf8: Buffer): Hidden {
  const isMarked = utf8.includes(mark) || (utf8.includes('&#') && reference.test(utf8.toString('latin1')));
  // What is no UTF-8 is the parser's to refuse.
  if (!isMarked || !isUtf8(utf8)) return { bytes: utf8, restore: (text) => text };
  const text = utf8.toString('utf8');
  const standIn = standIns.find((candidate) => !text.includes(candidate) && !refersTo(text, candidate)) ?? '\uFFFD';
  const hidden = text
    .replaceAll('\uFEFF', standIn)
    .replace(references, (found, isReference?: string) => (isReference === undefined ? found : standIn));
  return { bytes: Buffer.from(hidden), restore: (read) => read.replaceAll(standIn, '\uFEFF') };
}

function refersTo(text: string, character: string): boolean {
  const code = character.charCodeAt(0);
  return new RegExp(`&#(?:x0*${code.toString(16)}|0*${code});`, 'i').test(text);
}
