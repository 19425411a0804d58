import { scalarAttribute, scalarText } from '../../write/print-scalars.ts';
import type { Writing } from '../../write/python-text.ts';
import { xmlFrame } from '../../write/write-xml.ts';
import type { Message } from '../../shapes.ts';
import { Part, type ByteOutput } from '../byte-output.ts';
import { isLinkKey } from '../link-members.ts';
import { arePlainKeys } from '../plain-keys.ts';
import type {
  AttributeStep,
  ContentStep,
  DictStep,
  ListStep,
  Program,
  RecordStep,
  ScalarStep,
  Tags,
  ValueStep,
} from './program.ts';
import {
  absent,
  arrayRow,
  behindAt,
  endAt,
  escapedRow,
  isTextRow,
  literalRow,
  nullRow,
  objectRow,
  rowWidth,
  startAt,
} from '../rows.ts';
import { ScalarPrinter } from './scalar-printer.ts';
import type { TapeLinks } from '../tape-links.ts';
import type { Tape } from '../tape.ts';

const quote = new Part('"');
const closing = new Part('>');
const closed = new Part('/>');
const closedAttribute = new Part('"/>');
/**
 * The printer of values on a tape as XML. It copies bytes in the order of the description; a value that is not plain is made a
 * value of JavaScript and printed by the function of the former printer for its place, so that both print it alike.
 */
export class TapePrinter {
  readonly #tape: Tape;
  readonly #out: ByteOutput;
  readonly #scalars: ScalarPrinter;
  /** The bits of the prefixes of names in the document. */
  #prefixes = 0;

  constructor(tape: Tape, out: ByteOutput) {
    this.#tape = tape;
    this.#out = out;
    this.#scalars = new ScalarPrinter(tape, out);
  }

  /** The state of the document, for notes on it. */
  get writing(): Writing {
    return this.#scalars.writing;
  }

  /** Begin a document. */
  restart(links: TapeLinks): void {
    this.#scalars.restart(links);
    this.#prefixes = 0;
  }

  /** Print the start of the document, whose root declares the prefixes of the names that were printed. */
  start(message: Message, { prefixes, starts }: Program): string {
    const { writing } = this;
    const used = this.#prefixes;
    const known = writing.prefixes.size === 0 ? starts.get(used) : undefined;
    if (known !== undefined) return known;
    const hasOthers = writing.prefixes.size > 0;
    for (const [bit, prefix] of prefixes.entries()) if ((used >> bit) & 1) writing.prefixes.add(prefix);
    const frame = xmlFrame(message);
    const printed = frame.declared + frame.start(writing);
    if (!hasOthers) starts.set(used, printed);
    return printed;
  }

  /** Print the element of an item of a list. */
  item(list: ListStep, row: number): void {
    const { item, tags } = list;
    this.#prefixes |= tags.prefix;
    if (item !== undefined && this.fits(item, row)) this.#element(tags, item, row);
    else
      this.#out.text(list.print(tags.startText, this.#scalars.valueOf(row, '', list.relinks), this.#scalars.writing));
  }

  /** Print the attributes of a record. Its contents must be printed next. */
  attributes(record: RecordStep, row: number): void {
    this.#findMembers(record, row);
    const found = record.rows;
    for (const step of record.attributes) {
      const value = found[step.index] ?? absent;
      if (value !== absent) this.#attribute(step, value, found);
    }
  }

  /** Print the contents of a record whose attributes were printed before. @returns false for none */
  contents(record: RecordStep): boolean {
    let hasContent = false;
    const { rows, contents } = record;
    for (const step of contents) if (this.#content(step, rows[step.index] ?? absent)) hasContent = true;
    return hasContent;
  }

  /** Print a value other than a record that fits its step. @returns false for no content */
  inside(step: Exclude<ValueStep, RecordStep>, row: number): boolean {
    if (step.kind === 'list') return this.#items(step, row);
    if (step.kind === 'dict') return this.#entries(step, row);
    this.#scalars.print(step, row, scalarText);
    return true;
  }

  /** Check that a value is of the kind of its step, and plain in its keys. */
  fits(step: ValueStep, row: number): boolean {
    const kind = this.#tape.rows[row] ?? 0;
    switch (step.kind) {
      case 'scalar':
        return kind >= literalRow && kind !== nullRow;
      case 'record':
        return kind === objectRow;
      case 'list':
        return kind === arrayRow;
      case 'dict':
        return kind === objectRow && arePlainKeys(this.#tape, row);
      default:
        return step satisfies never;
    }
  }

  /** Find the row of each member that is described. The last of several members with one key counts, as in JSON. */
  #findMembers({ keys, rows: found }: RecordStep, row: number): void {
    const tape = this.#tape;
    const { rows, view } = tape;
    for (let index = 0; index < found.length; index += 1) found[index] = absent;
    const behind = rows[row + behindAt] ?? 0;
    for (let at = row + rowWidth; at < behind; at = rows[at + rowWidth + behindAt] ?? 0) {
      const index =
        rows[at] === escapedRow
          ? keys.indexOf(tape.textAt(at))
          : keys.find(view, rows[at + startAt] ?? 0, rows[at + endAt] ?? 0);
      if (index !== -1) found[index] = at + rowWidth;
    }
  }

  #attribute(step: AttributeStep, row: number, found: Int32Array): void {
    const out = this.#out;
    const { rows, view } = this.#tape;
    if (step.isCopied && rows[row] === literalRow) {
      this.#prefixes |= step.prefix;
      out.put(step.start);
      // The quote behind the text ends the attribute, too.
      return out.copy(view, rows[row + startAt] ?? 0, (rows[row + endAt] ?? 0) + 1);
    }
    const { beside, relation } = step;
    const isBeside = beside !== undefined && hasOne(found, beside.indexes);
    const name = isBeside ? beside.name : step;
    this.#prefixes |= name.prefix;
    out.put(name.start);
    if (relation !== absent && isTextRow(rows[row] ?? 0))
      this.#scalars.link(step.scalar, row, found[relation] ?? absent);
    else this.#scalars.print(isBeside ? beside.scalar : step.scalar, row, scalarAttribute);
    return out.put(quote);
  }

  /** Print a member in the content of its record. @returns false for no content */
  #content(step: ContentStep, row: number): boolean {
    const { value, tags, isAlways } = step;
    if (row === absent && !isAlways) return false;
    if (row === absent || value === undefined || !this.fits(value, row)) return this.#otherContent(step, row);
    if (tags === undefined) return value.kind !== 'record' && this.inside(value, row);
    this.#prefixes |= tags.prefix;
    this.#element(tags, value, row);
    return true;
  }

  /** Print a member by its function. */
  #otherContent({ key, print, relinks }: ContentStep, row: number): boolean {
    const printed = print(row === absent ? undefined : this.#scalars.valueOf(row, key, relinks), this.#scalars.writing);
    if (printed !== undefined) this.#out.text(printed);
    return printed !== undefined;
  }

  #element({ start, end }: Tags, step: ValueStep, row: number): void {
    this.#out.put(start);
    this.#rest(end, step, row);
  }

  /** Print the rest of an element behind its name. */
  #rest(end: Part, step: ValueStep, row: number): void {
    const out = this.#out;
    if (step.kind === 'record') this.attributes(step, row);
    out.put(closing);
    const hasContent = step.kind === 'record' ? this.contents(step) : this.inside(step, row);
    if (!hasContent) out.length -= closing.length;
    out.put(hasContent ? end : closed);
  }

  #items(list: ListStep, row: number): boolean {
    const { rows } = this.#tape;
    const behind = rows[row + behindAt] ?? 0;
    for (let at = row + rowWidth; at < behind; at = rows[at + behindAt] ?? 0) this.item(list, at);
    return behind > row + rowWidth;
  }

  #entries(dict: DictStep, row: number): boolean {
    const { rows } = this.#tape;
    const behind = rows[row + behindAt] ?? 0;
    for (let at = row + rowWidth; at < behind; at = rows[at + rowWidth + behindAt] ?? 0) this.#entry(dict, at);
    if (behind > row + rowWidth) this.#prefixes |= dict.tags.prefix;
    return behind > row + rowWidth;
  }

  /** Print the entry of a map. @param keyRow the row of its key, which is literal */
  #entry({ tags, value, valueIn, print }: DictStep, keyRow: number): void {
    const out = this.#out;
    const { rows, bytes, view } = this.#tape;
    const start = rows[keyRow + startAt] ?? 0;
    const end = rows[keyRow + endAt] ?? 0;
    const row = keyRow + rowWidth;
    if (!this.#isPlainEntry(value, keyRow)) {
      const key = bytes.toString('latin1', start, end);
      return out.text(print(`${tags.startText}${key}"`, this.#scalars.valueOf(row, key, true), this.#scalars.writing));
    }
    out.put(tags.start);
    out.copy(view, start, end);
    out.put(quote);
    if (valueIn === undefined || value.kind === 'list') return this.#rest(tags.end, value, row);
    this.#prefixes |= valueIn.prefix;
    out.put(valueIn.start);
    this.#scalars.print(value, row, scalarAttribute);
    return out.put(closedAttribute);
  }

  /** Check that the value of an entry is of its kind. A list under a key of links would be one of links. */
  #isPlainEntry(step: ScalarStep | ListStep, keyRow: number): boolean {
    const kind = this.#tape.rows[keyRow + rowWidth] ?? 0;
    return step.kind === 'scalar' ? kind >= literalRow : kind === arrayRow && !isLinkKey(this.#tape, keyRow);
  }
}

/** Check that a record has one of some members. */
function hasOne(found: Int32Array, indexes: readonly number[]): boolean {
  for (const index of indexes) if (found[index] !== absent) return true;
  return false;
}
