import type { PrintContent, PrintElement } from '../../write/print-xml.ts';
import type { Scalar } from '../../shapes.ts';
import type { Part } from '../byte-output.ts';
import type { KeyTable } from '../key-table.ts';

/**
 * The printer of a description as data: the steps in which a value on a tape is printed. Each step has the function of today's printer
 * for the same place, which prints the values that are not plain.
 */
export type ValueStep = ScalarStep | RecordStep | ListStep | DictStep;

/** A scalar. */
export interface ScalarStep {
  readonly kind: 'scalar';
  readonly shape: Scalar;
  /** The name for notes. */
  readonly name: string;
  /** The JSON key, by which links inside of a misplaced value are found. */
  readonly key: string;
  /** True if texts are written as they are; false for times, and for values that are written as their truth. */
  readonly isVerbatim: boolean;
  /** True for times that are written without an offset. */
  readonly isTime: boolean;
  /** True if numbers are written as they are. */
  readonly keepsNumbers: boolean;
  /** True if links in values of another kind are converted. */
  readonly relinks: boolean;
}

/** A record: its attributes, and then its contents. */
export interface RecordStep {
  readonly kind: 'record';
  readonly keys: KeyTable;
  /** The rows of the members of the record that is being printed, by the indexes of their keys. */
  readonly rows: Int32Array;
  readonly attributes: readonly AttributeStep[];
  readonly contents: readonly ContentStep[];
}

/** The start of an attribute, up to its quote. */
export interface AttributeStart {
  readonly start: Part;
  /** The bit of the name's prefix; 0 for none. */
  readonly prefix: number;
}

/** An attribute. */
export interface AttributeStep extends AttributeStart {
  readonly index: number;
  readonly scalar: ScalarStep;
  /** True for an attribute with one name whose texts are written as they are. */
  readonly isCopied: boolean;
  /** The index of the relation if the attribute is a link; -1 for any other. */
  readonly relation: number;
  /** The name in a record that has one of some members, by their indexes. */
  readonly beside:
    | { readonly indexes: readonly number[]; readonly name: AttributeStart; readonly scalar: ScalarStep }
    | undefined;
}

/** The tags of an element, and the bit of the prefix of its name. */
export interface Tags {
  /** The start tag without the closing `>`; in a map up to the quote of the key. */
  readonly start: Part;
  readonly startText: string;
  readonly end: Part;
  readonly prefix: number;
}

/** A member in the content of its record. */
export interface ContentStep {
  readonly index: number;
  readonly key: string;
  /** The element around the value; undefined for a value without one. */
  readonly tags: Tags | undefined;
  /** True if the element is written without a value. */
  readonly isAlways: boolean;
  /** The value; undefined for one that is always printed by `print`. */
  readonly value: ValueStep | undefined;
  readonly print: PrintContent;
  readonly relinks: boolean;
}

/** A list. */
export interface ListStep {
  readonly kind: 'list';
  readonly tags: Tags;
  /** The item; undefined for one that is always printed by `print`. */
  readonly item: ValueStep | undefined;
  readonly print: PrintElement;
  readonly relinks: boolean;
}

/** A map. */
export interface DictStep {
  readonly kind: 'dict';
  readonly tags: Tags;
  readonly value: ScalarStep | ListStep;
  /** The attribute that holds the value; undefined for one that is content. */
  readonly valueIn: AttributeStart | undefined;
  /** The printer of an entry's element whose value is of another kind. */
  readonly print: PrintElement;
}

/** The program of a message. */
export interface Program {
  readonly root: RecordStep | ListStep | DictStep;
  /** The prefixes by their bits. */
  readonly prefixes: readonly string[];
  /** The starts of documents by the bits of the prefixes in use. */
  readonly starts: Map<number, string>;
}
