import type { Document, Written } from '../../write/write-xml.ts';

/** The texts around the items of a list. */
export interface Around {
  readonly start: string;
  readonly end: string;
}

/** The writer of a list in one format, item by item. */
export interface ItemsWriter {
  /** Write an item, whose value is at a row. */
  item(row: number): void;
  /**
   * Make the texts around the items. All items have been written.
   * @param value the content of the document with an empty list, as the parser reads it
   * @throws {NotOnTape} for a document that must be parsed
   */
  around(value: unknown): Around;
  /** Make the written document, with its notes. */
  written(document: Document): Written;
}
