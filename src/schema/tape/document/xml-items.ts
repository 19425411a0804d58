import type { Message } from '../../shapes.ts';
import { lastSliceOf } from '../../slices.ts';
import { xmlFrame, type Document, type Written } from '../../write/write-xml.ts';
import type { ByteOutput } from '../byte-output.ts';
import type { TapeLinks } from '../tape-links.ts';
import { NotOnTape, type Tape } from '../tape.ts';
import { programOf } from '../xml/compile.ts';
import type { ListStep, Program } from '../xml/program.ts';
import { TapePrinter } from '../xml/tape-printer.ts';
import type { Around, ItemsWriter } from './items-writer.ts';

/** The writer of a list as XML. */
export class XmlItems implements ItemsWriter {
  readonly #message: Message;
  readonly #key: string;
  readonly #links: TapeLinks;
  readonly #program: Program;
  readonly #list: ListStep;
  readonly #printer: TapePrinter;

  /** @throws {NotOnTape} for a message that has no program */
  constructor(message: Message, key: string, links: TapeLinks, tape: Tape, out: ByteOutput) {
    const program = programOf(message);
    const list = program && listOf(program);
    if (program === undefined || list === undefined) throw new NotOnTape();
    this.#message = message;
    this.#key = key;
    this.#links = links;
    this.#program = program;
    this.#list = list;
    this.#printer = new TapePrinter(tape, out);
    this.#printer.restart(links);
  }

  item(row: number): void {
    this.#printer.item(this.#list, row);
  }

  around(value: unknown): Around {
    const message = this.#message;
    const content = lastSliceOf(this.#key, [], value).value;
    this.#links.relink('', content);
    const printed = xmlFrame(message).print(content, this.#printer.writing);
    const start = `${this.#printer.start(message, this.#program)}${printed.attributes}>`;
    return { start, end: `${printed.content ?? ''}</${message.root}>` };
  }

  written(document: Document): Written {
    const { repaired, misshapen } = this.#printer.writing;
    return { document, repaired, misshapen: [...misshapen] };
  }
}

/** Find the list that a message consists of. */
function listOf({ root }: Program): ListStep | undefined {
  if (root.kind === 'list') return root;
  const first = root.kind === 'record' ? root.contents[0]?.value : undefined;
  return first?.kind === 'list' ? first : undefined;
}
