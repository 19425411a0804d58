import { printSkeleton } from '../../xml/skeleton.ts';
import { element, printer, type Parts } from './print-xml.ts';
import type { Writing } from './python-text.ts';
import type { Message } from '../shapes.ts';

/** A document, and whether it has U+FFFD in the place of characters that XML cannot hold. */
export interface Written<Text extends Document = Document> {
  readonly document: Text;
  readonly repaired: boolean;
}

/** A document: its text, or of one in slices the pieces of it, in UTF-8. */
export type Document = string | readonly Buffer[];

/** A document that comes about slice by slice (see slices.ts). */
export interface Composer {
  /** Takes a slice that others follow. @throws {UnwritableValue} for a value of another kind than described */
  add(slice: unknown): void;
  /** Takes the last slice, or the only one. @throws {UnwritableValue} for a value of another kind than described */
  end(slice: unknown): Written;
}

const declaration = "<?xml version='1.0' encoding='UTF-8'?>\n";

/**
 * The writer of a message, made once; each document has a composer of its own.
 *
 * The rules are legacy Nova's (lxml over its templates): the order is the description's; a missing member is left out,
 * null is the text None, true is True; unknown members are dropped; a namespace prefix is declared where it is used.
 */
export function xmlComposer(message: Message): () => Composer {
  const print = printer(message.content);
  const skeletons = new Map<string, string>();
  const skeleton = (used: readonly string[]): string => {
    const key = used.join(' ');
    const known = skeletons.get(key);
    if (known !== undefined) return known;
    const extensions = used.map((prefix) => [prefix, message.extensions[prefix] ?? ''] as const);
    const printed = printSkeleton(message.root, [...extensions, ...Object.entries(message.namespaces)]);
    skeletons.set(key, printed);
    return printed;
  };
  const prefixes = Object.keys(message.extensions);
  const declared = message.isUndeclared === true ? '' : declaration;
  return () => {
    const writing: Writing = { prefixes: new Set(), repaired: false };
    const before: Buffer[] = [];
    let attributes = '';
    return {
      add: (slice) => {
        const printed = print(slice, writing);
        attributes += printed.attributes;
        // Out of V8's way: as a text of many pieces it would be copied whenever garbage is collected, and put together at last.
        if (printed.content !== undefined) before.push(Buffer.from(printed.content));
      },
      end: (slice) => {
        const printed = print(slice, writing);
        const start = skeleton(prefixes.filter((prefix) => writing.prefixes.has(prefix))) + attributes;
        const document =
          before.length === 0
            ? declared + rootOf(message, start, printed)
            : around(before, `${declared}${start}${printed.attributes}>`, `${printed.content ?? ''}</${message.root}>`);
        return { document, repaired: writing.repaired };
      },
    };
  };
}

/** The writer of a message: its whole document at one go. @throws {UnwritableValue} for a value of another kind than described */
export function xmlWriter(message: Message): (value: unknown) => Written<string> {
  const compose = xmlComposer(message);
  return (value) => {
    const { document, repaired } = compose().end(value);
    return { document: textOf(document), repaired };
  };
}

/** A document as one text. */
export function textOf(document: Document): string {
  return typeof document === 'string' ? document : Buffer.concat(document).toString('utf8');
}

function rootOf({ root, isRootless }: Message, start: string, parts: Parts): string {
  return isRootless === true ? (parts.content ?? '') : element(start, root, parts);
}

/** Pieces with what is before and behind them. */
export function around(pieces: readonly Buffer[], start: string, end: string): Buffer[] {
  return [Buffer.from(start), ...pieces, Buffer.from(end)];
}
