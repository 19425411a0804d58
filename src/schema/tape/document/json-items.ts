import { isFields } from '../../fields.ts';
import { toDocument } from '../../json-document.ts';
import type { Message } from '../../shapes.ts';
import type { Document, Written } from '../../write/write-xml.ts';
import { Part, type ByteOutput } from '../byte-output.ts';
import { jsonItemOf, jsonStepOf, type JsonStep } from '../json/json-steps.ts';
import { JsonPrinter } from '../json/json-printer.ts';
import type { TapeLinks } from '../tape-links.ts';
import { NotOnTape, type Tape } from '../tape.ts';
import type { Around, ItemsWriter } from './items-writer.ts';

const comma = new Part(',');

/** The writer of a list as JSON. */
export class JsonItems implements ItemsWriter {
  readonly #message: Message;
  readonly #key: string;
  readonly #links: TapeLinks;
  readonly #root: JsonStep;
  readonly #item: JsonStep;
  readonly #out: ByteOutput;
  readonly #printer: JsonPrinter;
  #isFirst = true;

  /** @throws {NotOnTape} for a message that has no steps */
  constructor(message: Message, key: string, links: TapeLinks, tape: Tape, out: ByteOutput) {
    const root = jsonStepOf(message);
    const item = jsonItemOf(message);
    if (root === undefined || item === undefined) throw new NotOnTape();
    this.#message = message;
    this.#key = key;
    this.#links = links;
    this.#root = root;
    this.#item = item;
    this.#out = out;
    this.#printer = new JsonPrinter(tape, out, links);
  }

  item(row: number): void {
    if (!this.#isFirst) this.#out.put(comma);
    this.#isFirst = false;
    this.#printer.print(this.#item, row);
  }

  around(value: unknown): Around {
    const printer = this.#printer;
    this.#links.relink('', value);
    const document = toDocument(this.#message, this.#root.select(value, printer.misshapen));
    // The parser's road writes a list of some length before all other members, and a shorter one in its place.
    if (!isFields(document) || Object.keys(document)[0] !== this.#key) throw new NotOnTape();
    const start = `{${JSON.stringify(this.#key)}:[`;
    return { start, end: JSON.stringify(document).slice(start.length) };
  }

  written(document: Document): Written {
    return { document, repaired: false, misshapen: [...this.#printer.misshapen] };
  }
}
