import { longBase64, longTextLength, type LongBase64 } from '../long-base64.ts';
import { plainText } from './plain-text.ts';

const lessThan = 0x3c;
const greaterThan = 0x3e;

/** A document, split into its long base64 texts and the characters of the rest. */
export interface SplitDocument {
  /** The characters of the document without the long texts. */
  readonly text: string;
  /** The long texts, in document order. */
  readonly longTexts: readonly CutText[];
}

/** A long text and its position in the rest, between a `>` and a `<`, which may or may not be markup. */
export interface CutText {
  readonly at: number;
  readonly text: LongBase64;
}

const none: readonly CutText[] = [];

/**
 * Split a document in UTF-8 into its long base64 texts and the rest.
 *
 * The rest is small and is scanned character by character. The long texts are found by the `<` around them only, so that a
 * document of 1 MiB costs a sixth of the strict parser's time (docs/decisions/0010-plain-documents-are-scanned.md).
 * @returns undefined for a rest with bytes or characters about which only the strict parser decides
 */
export function splitBase64(bytes: Buffer): SplitDocument | undefined {
  let before = nextLongGap(bytes, 0);
  if (before === -1) return documentOf(plainText(bytes), none);
  const longTexts: CutText[] = [];
  let text: string | undefined = '';
  let from = 0;
  while (before !== -1) {
    const end = bytes.indexOf(lessThan, before + 1);
    if (end === -1) break;
    const start = before + bytes.subarray(before, end).indexOf(greaterThan) + 1;
    const found = end - start < longTextLength ? undefined : longBase64(bytes.subarray(start, end));
    if (found !== undefined) {
      const rest = plainText(bytes.subarray(from, start));
      if (rest === undefined) return undefined;
      text += rest;
      longTexts.push({ at: text.length, text: found });
      from = end;
    }
    before = nextLongGap(bytes, end);
  }
  const rest = plainText(bytes.subarray(from));
  return documentOf(rest === undefined ? undefined : text + rest, longTexts);
}

function documentOf(text: string | undefined, longTexts: readonly CutText[]): SplitDocument | undefined {
  return text === undefined ? undefined : { text, longTexts };
}

/**
 * Find the next `<` without another `<` in the following `longTextLength` bytes; -1 for none. The search jumps to the last `<`
 * of each window of that length, and skips the others.
 */
function nextLongGap(bytes: Buffer, from: number): number {
  let at = from;
  while (at + longTextLength < bytes.length) {
    const last = bytes.lastIndexOf(lessThan, at + longTextLength);
    if (last <= at) return at;
    at = last;
  }
  return -1;
}
