import { parseExactly, exactNumber } from '../exact-json.ts';
import { areLiteral, falseWord, isEscape, isLiteralByte, isSpace, nullWord, trueWord } from './byte-tables.ts';
import { viewOf } from './byte-output.ts';
import {
  arrayRow,
  behindAt,
  endAt,
  escapedRow,
  falseRow,
  isTextRow,
  literalRow,
  nullRow,
  numberRow,
  objectRow,
  plainRow,
  rowWidth,
  startAt,
  trueRow,
} from './rows.ts';

/** The error for a document that is not read onto a tape. It has no details, because the document is then parsed instead. */
export class NotOnTape extends Error {
  override readonly name = 'NotOnTape';
}

/** The deepest nesting of a value on a tape, in levels; real documents nest 5 deep. */
const deepest = 32;

const nothing = Buffer.alloc(0);
const noView = viewOf(nothing);

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const plus = 0x2b;
const point = 0x2e;
const zero = 0x30;
const nine = 0x39;
const colon = 0x3a;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const space = 0x20;
const lastOfFalse = 0x65;

/**
 * The reader of JSON that makes no objects: one pass over the bytes checks them and notes where each value is. It accepts JSON only, and
 * refuses what is unusual. The bytes must be valid UTF-8.
 */
export class Tape {
  /** The document. */
  bytes: Buffer = nothing;
  /** The same, to be read four bytes at a time. */
  view: DataView = noView;
  /** The values that were read; see rows.ts. */
  rows = new Int32Array(4096);
  #used = 0;
  #until = 0;

  /**
   * Read the value at a byte, instead of what the tape held, with the white space around it.
   * @param until the byte before which the value must end
   * @returns the byte behind it
   * @throws {NotOnTape} for bytes that are not JSON, or that nest too deep
   */
  read(bytes: Buffer, from: number, until: number): number {
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      this.view = viewOf(bytes);
    }
    this.#used = 0;
    this.#until = Math.min(until, bytes.length);
    return this.#skip(this.#value(this.#skip(from), deepest));
  }

  /** Let go of the document. */
  release(): void {
    this.bytes = nothing;
    this.view = noView;
  }

  /** Make the JavaScript value of a row, whose numbers keep their digits. */
  valueAt(row: number): unknown {
    const { rows } = this;
    const kind = rows[row] ?? 0;
    if (isTextRow(kind)) return this.textAt(row);
    const text = this.bytes.toString('utf8', rows[row + startAt], rows[row + endAt]);
    return kind === numberRow ? exactNumber(text) : parseExactly(text);
  }

  /** Make the text of a row that is one. */
  textAt(row: number): string {
    const { rows, bytes } = this;
    const start = rows[row + startAt] ?? 0;
    const end = rows[row + endAt] ?? 0;
    return rows[row] === escapedRow
      ? String(JSON.parse(bytes.toString('utf8', start - 1, end + 1)))
      : bytes.toString('utf8', start, end);
  }

  #skip(from: number): number {
    const { bytes } = this;
    let at = from;
    // Compact JSON has none.
    while ((bytes[at] ?? quote) <= space) {
      if (isSpace[bytes[at] ?? 0] === 0) throw new NotOnTape();
      at += 1;
    }
    return at;
  }

  #value(at: number, left: number): number {
    if (at >= this.#until) throw new NotOnTape();
    const byte = this.bytes[at] ?? 0;
    if (byte === quote) return this.#text(at + 1);
    if (byte === openBrace) return this.#object(at, left);
    if (byte === openBracket) return this.#array(at, left);
    return byte === minus || (byte >= zero && byte <= nine) ? this.#number(at) : this.#word(at);
  }

  #object(start: number, left: number): number {
    const { bytes } = this;
    const row = this.#open(objectRow, start, left);
    let at = this.#skip(start + 1);
    if (bytes[at] === closeBrace) return this.#close(row, at + 1);
    for (;;) {
      if (bytes[at] !== quote) throw new NotOnTape();
      at = this.#skip(this.#text(at + 1));
      if (bytes[at] !== colon) throw new NotOnTape();
      at = this.#skip(this.#value(this.#skip(at + 1), left - 1));
      if (bytes[at] === closeBrace) return this.#close(row, at + 1);
      if (bytes[at] !== comma) throw new NotOnTape();
      at = this.#skip(at + 1);
    }
  }

  #array(start: number, left: number): number {
    const { bytes } = this;
    const row = this.#open(arrayRow, start, left);
    let at = this.#skip(start + 1);
    if (bytes[at] === closeBracket) return this.#close(row, at + 1);
    for (;;) {
      at = this.#skip(this.#value(at, left - 1));
      if (bytes[at] === closeBracket) return this.#close(row, at + 1);
      if (bytes[at] !== comma) throw new NotOnTape();
      at = this.#skip(at + 1);
    }
  }

  #open(kind: number, start: number, left: number): number {
    if (left === 0) throw new NotOnTape();
    return this.#add(kind, start, 0);
  }

  #close(row: number, end: number): number {
    this.rows[row + endAt] = end;
    this.rows[row + behindAt] = this.#used;
    return end;
  }

  /** Read a text behind its quote. */
  #text(start: number): number {
    const { bytes, view } = this;
    const last = this.#until - 1;
    let at = start;
    while (at < last && areLiteral[view.getUint16(at)] === 1) at += 2;
    if (isLiteralByte[bytes[at] ?? 0] === 1) at += 1;
    if (bytes[at] !== quote) return this.#otherText(start, at);
    this.#add(literalRow, start, at);
    return at + 1;
  }

  /** Read the rest of a text that is not literal. */
  #otherText(start: number, from: number): number {
    const { bytes } = this;
    const until = this.#until;
    let kind = plainRow;
    let at = from;
    for (; at < until && bytes[at] !== quote; at += 1) {
      if ((bytes[at] ?? 0) < space) throw new NotOnTape();
      if (bytes[at] !== backslash) continue;
      kind = escapedRow;
      at += 1;
      if (isEscape[bytes[at] ?? 0] === 1) continue;
      if (!/^u[\da-f]{4}$/i.test(bytes.toString('latin1', at, at + 5))) throw new NotOnTape();
      at += 4;
    }
    if (at >= until) throw new NotOnTape();
    this.#add(kind, start, at);
    return at + 1;
  }

  #number(start: number): number {
    const { bytes } = this;
    let at = bytes[start] === minus ? start + 1 : start;
    at = bytes[at] === zero ? at + 1 : this.#digits(at);
    if (bytes[at] === point) at = this.#digits(at + 1);
    if (bytes[at] === 0x65 || bytes[at] === 0x45) {
      const isSigned = bytes[at + 1] === plus || bytes[at + 1] === minus;
      at = this.#digits(at + (isSigned ? 2 : 1));
    }
    this.#add(numberRow, start, at);
    return at;
  }

  /** Read digits, at least one. */
  #digits(start: number): number {
    const { bytes } = this;
    let at = start;
    for (let byte = bytes[at] ?? 0; byte >= zero && byte <= nine; byte = bytes[at] ?? 0) at += 1;
    if (at === start || at > this.#until) throw new NotOnTape();
    return at;
  }

  #word(start: number): number {
    let end = start + 4;
    const word = end > this.#until ? 0 : this.view.getInt32(start);
    if (word === nullWord) this.#add(nullRow, start, end);
    else if (word === trueWord) this.#add(trueRow, start, end);
    else if (word === falseWord && end < this.#until && this.bytes[end] === lastOfFalse) {
      end += 1;
      this.#add(falseRow, start, end);
    } else throw new NotOnTape();
    return end;
  }

  #add(kind: number, start: number, end: number): number {
    const row = this.#used;
    if (row + rowWidth > this.rows.length) this.#grow();
    const { rows } = this;
    this.#used = row + rowWidth;
    rows[row] = kind;
    rows[row + startAt] = start;
    rows[row + endAt] = end;
    rows[row + behindAt] = row + rowWidth;
    return row;
  }

  #grow(): void {
    const rows = new Int32Array(this.rows.length * 2);
    rows.set(this.rows);
    this.rows = rows;
  }
}
