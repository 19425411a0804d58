import { printSkeleton } from '../xml/skeleton.ts';
import { element, printer, type Parts } from './print-xml.ts';
import type { Writing } from './python-text.ts';
import type { Message } from './shapes.ts';

/** A document, and whether it has U+FFFD in the place of characters that XML cannot hold. */
export interface Written {
  readonly document: string;
  readonly repaired: boolean;
}

/** A document that comes about slice by slice (see slices.ts). */
export interface Composer {
  /** @throws {UnwritableValue} for a value of another kind than described */
  add(slice: unknown): void;
  end(): Written;
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
  return () => {
    const writing: Writing = { prefixes: new Set(), repaired: false };
    const parts: Parts[] = [];
    return {
      add: (slice) => {
        const printed = print(slice, writing);
        layOut(printed.content);
        parts.push(printed);
      },
      end: () => {
        const start = skeleton(prefixes.filter((prefix) => writing.prefixes.has(prefix)));
        const declared = message.isUndeclared === true ? '' : declaration;
        const whole = joined(parts);
        const root = message.isRootless === true ? (whole.content ?? '') : element(start, message.root, whole);
        return { document: declared + root, repaired: writing.repaired };
      },
    };
  };
}

/** The writer of a message: its whole document at one go. @throws {UnwritableValue} for a value of another kind than described */
export function xmlWriter(message: Message): (value: unknown) => Written {
  const compose = xmlComposer(message);
  return (value) => {
    const composer = compose();
    composer.add(value);
    return composer.end();
  };
}

/** Has V8 put a text together that is many pieces: later it would do so for the whole of a long document at one go. */
function layOut(text: string | undefined): void {
  text?.charCodeAt(0);
}

function joined(parts: readonly Parts[]): Parts {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const contents = parts.flatMap(({ content }) => content ?? []);
  return {
    attributes: parts.map(({ attributes }) => attributes).join(''),
    content: contents.length === 0 ? undefined : contents.join(''),
  };
}
