import { isUtf8 } from 'node:buffer';

/** U+FEFF in UTF-8: a byte order mark at the start of a document, an ordinary character inside it. */
const mark = Buffer.from('\uFEFF');
/** A character reference to U+FEFF, hexadecimal or decimal. */
const reference = /&#(?:x0*[fF][eE][fF]{2}|0*65279);/;
/** A reference to U+FEFF (the group), or a construct in which a reference is only text: comment, instruction, CDATA section. */
const references = new RegExp(
  `<!--[^]*?(?:-->|$)|<\\?[^]*?(?:\\?>|$)|<!\\[CDATA\\[[^]*?(?:\\]\\]>|$)|(${reference.source})`,
  'g',
);
/** The candidates for the replacement of U+FEFF: private-use characters, which a document hardly ever contains. */
const candidates = Array.from({ length: 64 }, (_, index) => String.fromCharCode(0xe000 + index));

/** A document in which U+FEFF is replaced, and the function that restores it in a text of the document. */
export interface HiddenMarks {
  readonly bytes: Buffer;
  readonly restore: (text: string) => string;
}

/**
 * Replace U+FEFF with another character while a document is parsed. Otherwise the parser would strip it from the start of
 * each string, and treat one before the root as a second byte order mark. Documents without U+FEFF, which are nearly all,
 * stay unchanged.
 */
export function hideMarks(utf8: Buffer): HiddenMarks {
  const isMarked = utf8.includes(mark) || (utf8.includes('&#') && reference.test(utf8.toString('latin1')));
  // The parser refuses malformed UTF-8.
  if (!isMarked || !isUtf8(utf8)) return { bytes: utf8, restore: (text) => text };
  const text = utf8.toString('utf8');
  const replacement =
    candidates.find((candidate) => !text.includes(candidate) && !refersTo(text, candidate)) ?? '\uFFFD';
  const hidden = text
    .replaceAll('\uFEFF', replacement)
    .replace(references, (found, isReference?: string) => (isReference === undefined ? found : replacement));
  return { bytes: Buffer.from(hidden), restore: (read) => read.replaceAll(replacement, '\uFEFF') };
}

function refersTo(text: string, character: string): boolean {
  const code = character.charCodeAt(0);
  return new RegExp(`&#(?:x0*${code.toString(16)}|0*${code});`, 'i').test(text);
}
