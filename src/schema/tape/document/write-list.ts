import { isUtf8 } from 'node:buffer';
import { isTooDeep } from '../../nesting.ts';
import { mostInSlice, startOfList, valueAround } from '../../read/read-slices.ts';
import type { Message } from '../../shapes.ts';
import { listKeyOf } from '../../slices.ts';
import type { Document, Written } from '../../write/write-xml.ts';
import { ByteOutput } from '../byte-output.ts';
import { objectRow } from '../rows.ts';
import type { TapeLinks } from '../tape-links.ts';
import { NotOnTape, Tape } from '../tape.ts';
import type { ItemsWriter } from './items-writer.ts';
import { JsonItems } from './json-items.ts';
import type { TapeFormat } from './tape-format.ts';
import { XmlItems } from './xml-items.ts';

/** The length from which written items become a piece of the document, in bytes; an item more is in it. */
const pieceBytes = 65_536;
/** The memory of a piece, in bytes. */
const pieceMemory = 131_072;
/** The bytes of JSON that are read without a pause, besides an item. */
const stretchBytes = 16_384;
/** The longest document that is one text, in bytes, which is sent in one write with its header. */
const longestText = 16_384;

const comma = 0x2c;
const closeBracket = 0x5d;

const writers = { xml: XmlItems, json: JsonItems } as const;

/**
 * A list that is written item by item while it is read, without making objects of it. What is around the list is parsed and printed as
 * in `readSlices`: after the last stretch it is certain that the document is one of the message.
 */
export class TapedList {
  /** The document; undefined until the last stretch has been read. */
  written: Written | undefined;
  readonly #message: Message;
  readonly #json: Buffer;
  readonly #key: string;
  readonly #tape = new Tape();
  readonly #out: ByteOutput;
  readonly #pieces: Buffer[] = [];
  readonly #items: ItemsWriter;
  /** The bracket where the list begins. */
  readonly #start: number;

  /** @throws {NotOnTape} for a document that is no list, or whose message has no program */
  constructor(message: Message, json: Buffer, format: TapeFormat, links: TapeLinks) {
    const key = listKeyOf(message);
    const start = key === undefined || !isUtf8(json) ? -1 : startOfList(json, key);
    if (key === undefined || start === -1) throw new NotOnTape();
    this.#message = message;
    this.#json = json;
    this.#key = key;
    this.#start = start;
    this.#out = new ByteOutput(Math.min(pieceMemory, json.length * 2 + 1024));
    this.#items = new writers[format](message, key, links, this.#tape, this.#out);
  }

  /** Read and write the list, a stretch at a time. @throws {NotOnTape|NotSliced} for a document that must be parsed as a whole */
  *stretches(): Generator<void> {
    const json = this.#json;
    const tape = this.#tape;
    let stretch = this.#start;
    for (let from = this.#start + 1; ;) {
      const end = tape.read(json, from, from + mostInSlice);
      // Any other item is one of a broken list: then the whole document is read, within the limits of such documents.
      if (tape.rows[0] !== objectRow) throw new NotOnTape();
      this.#items.item(0);
      if (this.#out.length >= pieceBytes) this.#pieces.push(this.#out.take());
      if (json[end] === closeBracket) return this.#finish(end);
      if (json[end] !== comma) throw new NotOnTape();
      from = end + 1;
      if (from - stretch < stretchBytes) continue;
      stretch = from;
      yield;
    }
  }

  /** Print what is around the list. @param end the bracket that ends it */
  #finish(end: number): void {
    const value = valueAround(this.#message, this.#key, this.#json, this.#start, end);
    if (isTooDeep(value)) throw new NotOnTape();
    const around = this.#items.around(value);
    this.written = this.#items.written(this.#documentOf(around.start, around.end));
  }

  #documentOf(start: string, end: string): Document {
    const out = this.#out;
    if (this.#pieces.length === 0 && out.length <= longestText) return start + out.textOf(0, out.length) + end;
    out.text(end);
    return [Buffer.from(start), ...this.#pieces, out.take()];
  }
}
