import { Part, type ByteOutput } from '../byte-output.ts';
import { isLinkKey, relationRowOf } from '../link-members.ts';
import { arePlainKeys } from '../plain-keys.ts';
import {
  absent,
  arrayRow,
  behindAt,
  endAt,
  escapedRow,
  isTextRow,
  literalRow,
  numberRow,
  objectRow,
  rowWidth,
  startAt,
} from '../rows.ts';
import type { Relation, TapeLinks } from '../tape-links.ts';
import type { Tape } from '../tape.ts';
import { RunCopier } from './run-copier.ts';
import type { JsonMember, JsonListStep, JsonMapStep, JsonRecordStep, JsonStep } from './json-steps.ts';

const comma = new Part(',');
const colon = new Part(':');
const commaByte = 0x2c;
const colonByte = 0x3a;

/** The place of a value, on which the conversion of links in it depends. */
type Place = 'links' | 'link' | 'inside a link' | 'other';

/**
 * The printer of values on a tape as JSON. It copies the bytes of the cloud but for white space and members that are not described; a
 * value that is not plain is made a value of JavaScript and printed by the former printer, so that both print it alike.
 */
export class JsonPrinter {
  /** The names of values that were rewritten, for notes. */
  misshapen = new Set<string>();
  readonly #tape: Tape;
  readonly #runs: RunCopier;
  readonly #links: TapeLinks;

  constructor(tape: Tape, out: ByteOutput, links: TapeLinks) {
    this.#tape = tape;
    this.#runs = new RunCopier(out);
    this.#links = links;
  }

  /** Print a value. */
  print(step: JsonStep, row: number): void {
    this.#runs.restart(this.#tape);
    this.#value(step, row, 'other');
    this.#runs.flush();
  }

  #value(step: JsonStep, row: number, place: Place): void {
    const kind = this.#tape.rows[row] ?? 0;
    if (isTextRow(kind)) return this.#text(kind, row);
    // Only an array is a list of links.
    if (kind === objectRow && (step.kind === 'record' || step.kind === 'map'))
      return this.#object(step, row, place === 'links' ? 'other' : place);
    if (kind === arrayRow && step.kind === 'list') return this.#items(step, row, place);
    // The former printer reads a number with unusual digits as an object.
    const isCopied = kind > arrayRow && (kind !== numberRow || step.kind === 'any' || step.kind === 'list');
    return isCopied ? this.#digits(row) : this.#parsed(step, row, place);
  }

  #text(kind: number, row: number): void {
    const { rows } = this.#tape;
    if (kind === escapedRow) this.#runs.text(JSON.stringify(this.#tape.textAt(row)));
    else this.#runs.copy((rows[row + startAt] ?? 0) - 1, (rows[row + endAt] ?? 0) + 1);
  }

  /** Print a number, or a word. */
  #digits(row: number): void {
    const { rows } = this.#tape;
    this.#runs.copy(rows[row + startAt] ?? 0, rows[row + endAt] ?? 0);
  }

  /** Print a value by its JavaScript value. */
  #parsed({ select }: JsonStep, row: number, place: Place): void {
    const value = this.#tape.valueAt(row);
    if (place === 'link') this.#links.relink('links', [value]);
    else if (place !== 'inside a link') this.#links.relink(place === 'links' ? 'links' : '', value);
    this.#runs.text(JSON.stringify(select(value, this.misshapen)));
  }

  #items({ item }: JsonListStep, row: number, place: Place): void {
    const { rows } = this.#tape;
    const behind = rows[row + behindAt] ?? 0;
    let last = (rows[row + startAt] ?? 0) + 1;
    this.#runs.copy(last - 1, last);
    for (let at = row + rowWidth; at < behind; at = rows[at + behindAt] ?? 0) {
      if (at > row + rowWidth) this.#separator(last, commaByte, comma);
      const isLink = place === 'links' && rows[at] === objectRow;
      this.#value(item, at, isLink ? 'link' : placeInside(place));
      last = endOf(rows, at);
    }
    this.#end(row);
  }

  /** Print an object; by its value if its keys are not plain. */
  #object(step: JsonStep & (JsonRecordStep | JsonMapStep), row: number, place: Place): void {
    const mark = this.#runs.mark();
    const known = this.misshapen.size;
    const isPlain = step.kind === 'record' ? this.#members(step, row, place) : this.#entries(step, row, place);
    if (isPlain) return;
    this.#runs.reset(mark);
    this.misshapen = new Set([...this.misshapen].slice(0, known));
    this.#parsed(step, row, place);
  }

  /** Print a record. @returns false for one with a key that is repeated, or has an escape: then it must be printed by its value */
  #members(record: JsonRecordStep, row: number, place: Place): boolean {
    const { rows, view } = this.#tape;
    const { keys, members, seenIn } = record;
    const relation = place === 'link' ? this.#relationOf(row) : 'foreign';
    const behind = rows[row + behindAt] ?? 0;
    let last = (rows[row + startAt] ?? 0) + 1;
    let isFirst = true;
    seenIn.fill(absent);
    this.#runs.copy(last - 1, last);
    for (let at = row + rowWidth; at < behind; at = rows[at + rowWidth + behindAt] ?? 0) {
      if (rows[at] === escapedRow) return false;
      const index = keys.find(view, rows[at + startAt] ?? 0, rows[at + endAt] ?? 0);
      const member = members[index];
      if (member === undefined) continue;
      if (seenIn[index] !== absent) return false;
      seenIn[index] = at;
      if (!isFirst) this.#separator(last, commaByte, comma);
      isFirst = false;
      this.#key(at);
      this.#member(member, at + rowWidth, place, index === record.href ? relation : 'foreign');
      last = endOf(rows, at + rowWidth);
    }
    this.#end(row);
    return true;
  }

  /** Print the value of a member. @param relation the relation of the link that the value may be */
  #member({ step, isLinks }: JsonMember, row: number, place: Place, relation: Relation): void {
    if (relation !== 'foreign' && isTextRow(this.#tape.rows[row] ?? 0)) this.#link(row, relation);
    else this.#value(step, row, placeOf(isLinks, place));
  }

  /** Print a map. @returns false for one whose keys are not plain */
  #entries({ value: step }: JsonMapStep, row: number, place: Place): boolean {
    const { rows } = this.#tape;
    if (place === 'link' || !arePlainKeys(this.#tape, row)) return false;
    const behind = rows[row + behindAt] ?? 0;
    let last = (rows[row + startAt] ?? 0) + 1;
    this.#runs.copy(last - 1, last);
    for (let at = row + rowWidth; at < behind; at = rows[at + rowWidth + behindAt] ?? 0) {
      if (at > row + rowWidth) this.#separator(last, commaByte, comma);
      this.#key(at);
      const value = at + rowWidth;
      this.#value(step, value, placeOf((rows[value] ?? 0) <= arrayRow && isLinkKey(this.#tape, at), place));
      last = endOf(rows, value);
    }
    this.#end(row);
    return true;
  }

  /** Print a key with its quotes and its colon. */
  #key(row: number): void {
    const { rows } = this.#tape;
    const end = (rows[row + endAt] ?? 0) + 1;
    this.#runs.copy((rows[row + startAt] ?? 0) - 1, end);
    this.#separator(end, colonByte, colon);
  }

  /** Print a comma or a colon. If the document has it at this place, it is copied together with what is around it. */
  #separator(at: number, byte: number, part: Part): void {
    if (this.#tape.bytes[at] === byte) this.#runs.copy(at, at + 1);
    else this.#runs.put(part);
  }

  /** Print the end of an object or array. */
  #end(row: number): void {
    const end = this.#tape.rows[row + endAt] ?? 0;
    this.#runs.copy(end - 1, end);
  }

  #relationOf(link: number): Relation {
    const { rows, view } = this.#tape;
    const row = relationRowOf(this.#tape, link);
    if (row === absent) return this.#links.relationOf(undefined);
    return rows[row] === literalRow
      ? this.#links.relationIn(view, rows[row + startAt] ?? 0, rows[row + endAt] ?? 0)
      : this.#links.relationOf(this.#tape.valueAt(row));
  }

  #link(row: number, relation: Relation): void {
    const { rows } = this.#tape;
    const start = rows[row + startAt] ?? 0;
    const end = rows[row + endAt] ?? 0;
    const isBookmark = relation === 'bookmark';
    const prefix = rows[row] === literalRow ? this.#links.prefixOf(this.#tape, start, end, isBookmark) : undefined;
    if (prefix === undefined)
      return this.#runs.text(JSON.stringify(this.#links.convert(this.#tape.textAt(row), relation)));
    this.#runs.copy(start - 1, start);
    this.#runs.put(prefix.converted);
    return this.#runs.copy(start + prefix.length, end + 1);
  }
}

/** Find the place of a member's value. */
function placeOf(isLinks: boolean, place: Place): Place {
  const inside = placeInside(place);
  return isLinks && inside === 'other' ? 'links' : inside;
}

/** Find the place of what is inside of a value. Links inside of a link are not converted. */
function placeInside(place: Place): Place {
  return place === 'other' ? 'other' : 'inside a link';
}

/** Find the byte behind a value. */
function endOf(rows: Int32Array, row: number): number {
  const end = rows[row + endAt] ?? 0;
  return isTextRow(rows[row] ?? 0) ? end + 1 : end;
}
