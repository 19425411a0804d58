/** How much is decoded and printed again at one go, in bytes: what fits into the scratch, which stays in the processor's cache. */
const pieceBytes = 16_384;
/** What is longer is not in lines, in bytes. */
const longestLine = 1024;

/** What is decoded is never looked at. */
const scratch = Buffer.alloc((pieceBytes / 4) * 3);

/** The last four characters, with their padding. */
const lastOnes = /^[A-Za-z0-9+/]{2}(?:[A-Za-z0-9+/]{2}|[A-Za-z0-9+/](=)|(==))$/;
const lineEnds = /\r\n?/g;

const space = 0x20;

/** A text of a document that is base64, with the white space of XML between its lines: it is not made a string before it must. */
export class LongBase64 {
  /** What is in it but white space, in pieces of a few KiB. */
  readonly pieces: readonly string[];
  /** Its characters, each line end being one. */
  readonly length: number;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer, pieces: readonly string[], length: number) {
    this.#bytes = bytes;
    this.pieces = pieces;
    this.length = length;
  }

  /** The text as the strict parser would read it. */
  toString(): string {
    return withLineFeeds(this.#bytes.toString('latin1'));
  }
}

/**
 * The text that these bytes of a document are, where it is padded standard base64: unbroken, or in lines of one length with
 * the same white space between any two of them; undefined for all else. Bits behind the last byte may be set.
 *
 * Node decodes it without the white space and encodes it again, at many times the speed of a look at each character. What
 * else the decoder leaves out is missing from the count of bytes, as in `isBase64`: of the white space only that is taken off
 * the count which was seen where it must be.
 */
export function longBase64(bytes: Buffer): LongBase64 | undefined {
  let [start, end] = [0, bytes.length];
  while (isSpace(bytes[start])) start += 1;
  while (end > start && isSpace(bytes[end - 1])) end -= 1;
  const last = lastOnes.exec(bytes.toString('latin1', Math.max(start, end - 4), end));
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
    // The decoder takes the variant for URLs, too.
    if (sent.includes('-') || sent.includes('_')) return undefined;
    pieces.push(scratch.toString('base64', 0, count));
    length += bare + gaps * layout.gapLength;
  }
  // The bits behind the last byte are not those that were decoded.
  if (padding > 0) pieces.push((pieces.pop() ?? '').slice(0, -4) + last[0]);
  return new LongBase64(bytes, pieces, length);
}

/** How a text is laid out: the length of its lines, what is between them, and how many bytes of it are taken at one go. */
interface Layout {
  readonly width: number;
  readonly gap: Buffer;
  /** In characters, each line end being one. */
  readonly gapLength: number;
  /** From the start of a line to that of the next one. */
  readonly stride: number;
  /** Whole lines, and whole groups of four characters. */
  readonly step: number;
}

const unbroken = { gap: Buffer.alloc(0), gapLength: 0, stride: 1, step: pieceBytes };

/** That of the first line is that of all, or it is none. */
function layoutOf(bytes: Buffer, start: number): Layout {
  const most = start + longestLine;
  let at = start;
  while (at < most && !isSpace(bytes[at])) at += 1;
  if (at === most) return { ...unbroken, width: bytes.length };
  const width = at - start;
  while (isSpace(bytes[at])) at += 1;
  const gap = bytes.subarray(start + width, at);
  const stride = at - start;
  const step = Math.max(1, Math.floor(pieceBytes / stride / 4)) * 4 * stride;
  return { width, gap, gapLength: lengthOf(gap), stride, step };
}

/** Whether what is between two lines is there in each place. */
function hasGaps(bytes: Buffer, from: number, to: number, { width, gap, stride }: Layout): boolean {
  for (const [index, byte] of gap.entries()) {
    for (let at = from + width + index; at < to; at += stride) if (bytes[at] !== byte) return false;
  }
  return true;
}

/** The characters that white space is to XML. */
function lengthOf(spaces: Buffer): number {
  return withLineFeeds(spaces.toString('latin1')).length;
}

function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(lineEnds, '\n') : text;
}

function isSpace(byte: number | undefined): boolean {
  return byte === space || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
