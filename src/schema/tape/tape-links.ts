import { isLiteral } from '../../xml/escape.ts';
import { Part } from './byte-output.ts';
import type { Tape } from './tape.ts';

/** The kind of a link by its relation: one to another service, one without a version, or any other. */
export type Relation = 'foreign' | 'bookmark' | 'other';

/** The beginning of a link, and what the caller reads instead of it; the rest of the link stays. */
export interface LinkPrefix {
  /** The length of the beginning, in bytes. */
  readonly length: number;
  readonly converted: Part;
}

/** The conversion of links to the cloud in a document on a tape. */
export interface TapeLinks {
  /** Find the kind of a relation that is written in bytes. */
  relationIn(view: DataView, start: number, end: number): Relation;
  /** Find the kind of a relation. */
  relationOf(value: unknown): Relation;
  /** Find the beginning of a link in bytes whose conversion is known; undefined for a link that must be converted as a whole. */
  prefixOf(tape: Tape, start: number, end: number, isBookmark: boolean): LinkPrefix | undefined;
  /** Convert a link. */
  convert(href: string, relation: Relation): string;
  /** Convert all links in the value of a member, in place. */
  relink(key: string, value: unknown): void;
}

/** Make a part of a text that is written the same in any place of XML; undefined for any other text. */
export function literalPart(text: string): Part | undefined {
  return isLiteral(text) ? new Part(text) : undefined;
}
