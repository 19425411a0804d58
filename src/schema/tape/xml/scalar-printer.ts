import { scalarAttribute, type scalarText } from '../../write/print-scalars.ts';
import { startWriting, type Writing } from '../../write/python-text.ts';
import { Part, type ByteOutput } from '../byte-output.ts';
import { dateLength, dayTimeAt, dayTimeEnd, isPlainTime } from './plain-time.ts';
import type { ScalarStep } from './program.ts';
import { absent, arrayRow, endAt, falseRow, literalRow, nullRow, numberRow, startAt, trueRow } from '../rows.ts';
import type { Relation, TapeLinks } from '../tape-links.ts';
import type { Tape } from '../tape.ts';

const space = new Part(' ');
/** Python's spelling of words. */
const python = { [trueRow]: new Part('True'), [falseRow]: new Part('False'), [nullRow]: new Part('None') };

/** The printer of scalars and links on a tape: nearly all of them are copied as they are. */
export class ScalarPrinter {
  /** The state of the document, for notes on it. */
  writing: Writing = startWriting();
  readonly #tape: Tape;
  readonly #out: ByteOutput;
  #links: TapeLinks | undefined;

  constructor(tape: Tape, out: ByteOutput) {
    this.#tape = tape;
    this.#out = out;
  }

  /** Begin a document. */
  restart(links: TapeLinks): void {
    this.writing = startWriting();
    this.#links = links;
  }

  /** Print a value in the place of a scalar. @param print the printer of its JavaScript value in that place */
  print(step: ScalarStep, row: number, print: typeof scalarText): void {
    const { rows, view, bytes } = this.#tape;
    const kind = rows[row] ?? 0;
    const start = rows[row + startAt] ?? 0;
    const end = rows[row + endAt] ?? 0;
    const isCopied = kind === literalRow ? step.isVerbatim : kind === numberRow && step.keepsNumbers;
    if (isCopied) return this.#out.copy(view, start, end);
    if ((kind === trueRow || kind === falseRow || kind === nullRow) && step.keepsNumbers)
      return this.#out.put(python[kind]);
    if (kind === literalRow && step.isTime && isPlainTime(bytes, start, end)) return this.#time(start);
    const value = this.valueOf(row, step.key, step.relinks);
    return this.#out.text(print(step.shape, value, step.name, this.writing));
  }

  /** Print a link in an attribute. @param relationRow the row of its relation */
  link(step: ScalarStep, row: number, relationRow: number): void {
    const links = this.#links;
    const relation = links === undefined ? 'foreign' : this.#relation(links, relationRow);
    if (links === undefined || relation === 'foreign') return this.print(step, row, scalarAttribute);
    const tape = this.#tape;
    const { rows, view } = tape;
    const start = rows[row + startAt] ?? 0;
    const end = rows[row + endAt] ?? 0;
    const prefix = rows[row] === literalRow ? links.prefixOf(tape, start, end, relation === 'bookmark') : undefined;
    if (prefix === undefined) {
      const link = links.convert(tape.textAt(row), relation);
      return this.#out.text(scalarAttribute(step.shape, link, step.name, this.writing));
    }
    this.#out.put(prefix.converted);
    return this.#out.copy(view, start + prefix.length, end);
  }

  /** Make the JavaScript value of a row, with its links converted. @param key its JSON key */
  valueOf(row: number, key: string, relinks: boolean): unknown {
    const value = this.#tape.valueAt(row);
    if (relinks && (this.#tape.rows[row] ?? 0) <= arrayRow) this.#links?.relink(key, value);
    return value;
  }

  #relation(links: TapeLinks, row: number): Relation {
    if (row === absent) return links.relationOf(undefined);
    const { rows, view } = this.#tape;
    return rows[row] === literalRow
      ? links.relationIn(view, rows[row + startAt] ?? 0, rows[row + endAt] ?? 0)
      : links.relationOf(this.#tape.valueAt(row));
  }

  /** Print a plain time at a byte as Python does. */
  #time(start: number): void {
    const out = this.#out;
    const { view } = this.#tape;
    out.copy(view, start, start + dateLength);
    out.put(space);
    out.copy(view, start + dayTimeAt, start + dayTimeEnd);
  }
}
