import { isWhiteSpace } from './white-space.ts';

/**
 * The length from which a base64 text is read and printed in pieces instead of character by character, in characters. Shorter
 * texts gain nothing from it.
 */
export const longTextLength = 8192;

/** The length of the pieces that are decoded and encoded again, in bytes. It is small enough for the processor's cache. */
const pieceBytes = 16_384;
/** The longest line, in bytes; a longer run of characters counts as a text without lines. */
const longestLine = 1024;

/** The buffer into which a piece is decoded, and from which it is encoded again. */
const scratch = Buffer.alloc((pieceBytes / 4) * 3);

/** The last four characters, with their padding. */
const lastGroup = /^[A-Za-z0-9+/]{2}(?:[A-Za-z0-9+/]{2}|[A-Za-z0-9+/](=)|(==))$/;
const lineEnds = /\r\n?/g;

/** A base64 text, with or without white space between its lines. It is converted to a string only on demand. */
export class LongBase64 {
  /** The text without white space, in pieces of at most 16 KiB. */
  readonly pieces: readonly string[];
  /** The number of characters, white space included; a line end counts as one, as XML normalizes it. */
  readonly length: number;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer, pieces: readonly string[], length: number) {
    this.#bytes = bytes;
    this.pieces = pieces;
    this.length = length;
  }

  /** Convert to the string that the strict parser would read, with white space. */
  toString(): string {
    return withLineFeeds(this.#bytes.toString('latin1'));
  }
}

/**
 * Read bytes of a document that are padded standard base64: without white space, or in lines of equal length with the same
 * white space between any two. Unused bits after the last byte may be set. Undefined for any other bytes.
 *
 * Node decodes each piece, which removes the white space, and encodes it again: a mebibyte in lines of 76 takes 0.35 ms instead
 * of 2.5 for a search of each character (docs/speed.md). As in `isBase64`, any other skipped character changes the count of
 * bytes, because only white space in its expected place is subtracted from the expected count.
 */
export function longBase64(bytes: Buffer): LongBase64 | undefined {
  let [start, end] = [0, bytes.length];
  while (isWhiteSpace(bytes[start])) start += 1;
  while (end > start && isWhiteSpace(bytes[end - 1])) end -= 1;
  const last = lastGroup.exec(bytes.toString('latin1', Math.max(start, end - 4), end));
  if (last === null) return undefined;
  const padding = (last[1] ?? last[2] ?? '').length;
  const layout = layoutOf(bytes, start);
  const pieces: string[] = [];
  let length = lengthOf(bytes.subarray(0, start)) + lengthOf(bytes.subarray(end));
  for (let at = start; at < end; at += layout.step) {
    const to = Math.min(at + layout.step, end);
    const sent = bytes.toString('latin1', at, to);
    const gaps = Math.max(0, Math.ceil((sent.length - layout.width) / layout.stride));
    const bare = sent.length - gaps * layout.gap.length;
    const count = (bare / 4) * 3 - (to === end ? padding : 0);
    if (!hasGaps(bytes, at, to, layout) || scratch.write(sent, 'base64') !== count) return undefined;
    // The decoder also accepts the variant for URLs, which is not standard base64.
    if (sent.includes('-') || sent.includes('_')) return undefined;
    pieces.push(scratch.toString('base64', 0, count));
    length += bare + gaps * layout.gapLength;
  }
  // Encoding again clears the unused bits of the last group: keep the group as it was sent.
  if (padding > 0) pieces.push((pieces.pop() ?? '').slice(0, -4) + last[0]);
  return new LongBase64(bytes, pieces, length);
}

/** The layout of a text: the length of its lines, the white space between them, and the bytes of a piece. */
interface Layout {
  readonly width: number;
  readonly gap: Buffer;
  /** The length of the gap in characters; a line end counts as one. */
  readonly gapLength: number;
  /** The distance from the start of a line to that of the next. */
  readonly stride: number;
  /** The bytes of a piece: whole lines, and whole groups of four characters. */
  readonly step: number;
}

const unbroken = { gap: Buffer.alloc(0), gapLength: 0, stride: 1, step: pieceBytes };

/** Derive the layout from the first line; `hasGaps` then checks the other lines. */
function layoutOf(bytes: Buffer, start: number): Layout {
  const most = start + longestLine;
  let at = start;
  while (at < most && !isWhiteSpace(bytes[at])) at += 1;
  if (at === most) return { ...unbroken, width: bytes.length };
  const width = at - start;
  while (isWhiteSpace(bytes[at])) at += 1;
  const gap = bytes.subarray(start + width, at);
  const stride = at - start;
  const step = Math.max(1, Math.floor(pieceBytes / stride / 4)) * 4 * stride;
  return { width, gap, gapLength: lengthOf(gap), stride, step };
}

/** Check that the gap follows each line between `from` and `to`. */
function hasGaps(bytes: Buffer, from: number, to: number, { width, gap, stride }: Layout): boolean {
  for (const [index, byte] of gap.entries()) {
    for (let at = from + width + index; at < to; at += stride) if (bytes[at] !== byte) return false;
  }
  return true;
}

/** Count the characters of white space after XML's normalization of line ends. */
function lengthOf(spaces: Buffer): number {
  return withLineFeeds(spaces.toString('latin1')).length;
}

function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(lineEnds, '\n') : text;
}
