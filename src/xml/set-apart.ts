import { longBase64, type LongBase64 } from './long-base64.ts';
import { plainText } from './plain-text.ts';

/** From this length on a text is worth a way of its own, in bytes. */
const long = 8192;

const lessThan = 0x3c;
const greaterThan = 0x3e;

/** The characters of a document without its long texts of base64. */
export interface SetApart {
  readonly text: string;
  /** What is missing in the text, in the order of the document. */
  readonly longTexts: readonly Placed[];
}

/** A long text, and where it is missing: behind a `>` and in front of a `<`, whatever they are. */
export interface Placed {
  readonly at: number;
  readonly text: LongBase64;
}

const none: readonly Placed[] = [];

/** A document in UTF-8 with its long texts of base64 set apart; undefined where the strict parser must judge the rest. */
export function setApart(bytes: Buffer): SetApart | undefined {
  let before = nextLong(bytes, 0);
  if (before === -1) return allOf(plainText(bytes), none);
  const longTexts: Placed[] = [];
  let text: string | undefined = '';
  let from = 0;
  while (before !== -1) {
    const end = bytes.indexOf(lessThan, before + 1);
    if (end === -1) break;
    const start = before + bytes.subarray(before, end).indexOf(greaterThan) + 1;
    const found = end - start < long ? undefined : longBase64(bytes.subarray(start, end));
    if (found !== undefined) {
      const rest = plainText(bytes.subarray(from, start));
      if (rest === undefined) return undefined;
      text += rest;
      longTexts.push({ at: text.length, text: found });
      from = end;
    }
    before = nextLong(bytes, end);
  }
  const rest = plainText(bytes.subarray(from));
  return allOf(rest === undefined ? undefined : text + rest, longTexts);
}

function allOf(text: string | undefined, longTexts: readonly Placed[]): SetApart | undefined {
  return text === undefined ? undefined : { text, longTexts };
}

/** The next `<` behind which there is none for long; -1 where there is no such place. Most are never looked at. */
function nextLong(bytes: Buffer, from: number): number {
  let at = from;
  while (at + long < bytes.length) {
    const last = bytes.lastIndexOf(lessThan, at + long);
    if (last <= at) return at;
    at = last;
  }
  return -1;
}
