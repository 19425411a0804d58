import { printSkeleton } from '../../xml/skeleton.ts';
import { perMessage } from '../per-message.ts';
import { printElement, printer, type Parts, type Print } from './print-xml.ts';
import { startWriting, type Writing } from './python-text.ts';
import { DocumentPieces } from './document-pieces.ts';
import type { Message } from '../shapes.ts';

/** A written document. */
export interface Written<Text extends Document = Document> {
  readonly document: Text;
  /** True if U+FFFD replaces characters that XML cannot contain. */
  readonly repaired: boolean;
  /** The names of elements, attributes and members whose value is of another kind than described. */
  readonly misshapen: readonly string[];
}

/** The text of a document: a string, or pieces in UTF-8 if it was written in slices. */
export type Document = string | readonly Buffer[];

/** The writer of one document, slice by slice (see slices.ts). */
export interface Composer {
  /** Add a slice that is not the last. */
  add(slice: unknown): void;
  /** Add the last or only slice, and return the document. */
  end(slice: unknown): Written;
}

const declaration = "<?xml version='1.0' encoding='UTF-8'?>\n";

/** The parts of a message's documents that all its writers share. */
export interface XmlFrame {
  /** The function that prints the attributes and the content of the root. */
  readonly print: Print;
  /** The text before the root; '' for none. */
  readonly declared: string;
  /** Print the start tag of the root, without attributes and the closing `>`, with the namespaces that are in use. */
  readonly start: (writing: Writing) => string;
}

/** Make the frame of a message. */
export const xmlFrame = perMessage((message): XmlFrame => {
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
  return {
    print: printer(message.content, message.root),
    declared: message.isUndeclared === true ? '' : declaration,
    start: (writing) => skeleton(prefixes.filter((prefix) => writing.prefixes.has(prefix))),
  };
});

/**
 * Make the writer of a message, which makes a composer for each document.
 *
 * Its rules are those of legacy Nova's templates and lxml: members are in the order of the description; an absent member is
 * left out, null is the text None, true is True; unknown members are dropped; the root declares a prefix only if it is used.
 */
export function xmlComposer(message: Message): () => Composer {
  const { print, declared, start: startOf } = xmlFrame(message);
  return () => {
    const writing = startWriting();
    const before = new DocumentPieces();
    let attributes = '';
    return {
      add: (slice) => {
        const printed = print(slice, writing);
        attributes += printed.attributes;
        if (printed.content !== undefined) before.add(printed.content);
      },
      end: (slice) => {
        const printed = print(slice, writing);
        const start = startOf(writing) + attributes;
        const document = before.isEmpty
          ? declared + rootOf(message, start, printed)
          : before.between(`${declared}${start}${printed.attributes}>`, `${printed.content ?? ''}</${message.root}>`);
        return { document, repaired: writing.repaired, misshapen: [...writing.misshapen] };
      },
    };
  };
}

/** Make the writer of whole documents of a message. */
export function xmlWriter(message: Message): (value: unknown) => Written<string> {
  const compose = xmlComposer(message);
  return (value) => {
    const { document, ...rest } = compose().end(value);
    return { document: textOf(document), ...rest };
  };
}

/** Convert a document to one string. */
export function textOf(document: Document): string {
  return typeof document === 'string' ? document : Buffer.concat(document).toString('utf8');
}

function rootOf({ root, isRootless }: Message, start: string, parts: Parts): string {
  return isRootless === true ? (parts.content ?? '') : printElement(start, root, parts);
}
