import { ParseOption, XmlCData, XmlDocument, XmlElement as LibraryElement, XmlLibError, XmlText } from 'libxml2-wasm';
import { toUtf8 } from './encoding.ts';
import { hideMarks } from './inner-marks.ts';
import { MalformedXml } from './malformed-xml.ts';

/** An attribute: its local name, the prefix it was written with ('' for none), its normalized value. */
export interface XmlAttribute {
  readonly name: string;
  readonly prefix: string;
  readonly value: string;
}

/** An element: `text` is all its direct character data, comments and processing instructions left out. */
export interface XmlElement {
  readonly name: string;
  readonly prefix: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** How deep elements may nest; real documents of this API nest 5 deep. */
export const deepestNesting = 64;

// A sum of the enumeration's members.
const options: ParseOption =
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_NOWARNING |
  ParseOption.XML_PARSE_IGNORE_ENC;

/** What may stand before the root besides a DOCTYPE: how it begins and how it ends. */
const asides = [
  ['<?', '?>'],
  ['<!--', '-->'],
] as const;

/**
 * The root element of a document, read by the parser that also checks it: what is read is what was checked.
 * Namespaces are resolved only to refuse what is undeclared; names are kept as local name and prefix.
 * @throws {MalformedXml} for anything that is not well-formed, any DOCTYPE, and nesting over {@link deepestNesting}.
 */
export function parseXml(bytes: Buffer): XmlElement {
  const utf8 = toUtf8(bytes);
  if (hasDoctype(utf8)) throw new MalformedXml('a DOCTYPE is not allowed');
  const { bytes: hidden, restore } = hideMarks(utf8);
  const document = check(hidden);
  try {
    // The library's siblings end at a processing instruction, and nothing here reads one.
    if (utf8.includes('<?', 2)) for (const node of document.find('//processing-instruction()')) node.remove();
    return read(document.root, 1, restore);
  } finally {
    document.dispose();
  }
}

/** Decided before the parser sees the document, so that no entity is ever declared. */
function hasDoctype(utf8: Buffer): boolean {
  let at = 0;
  for (;;) {
    while (isSpace(utf8[at])) at += 1;
    const aside = asides.find(([start]) => startsWith(utf8, start, at));
    if (aside === undefined) return startsWith(utf8, '<!DOCTYPE', at);
    const end = utf8.indexOf(aside[1], at + aside[0].length);
    if (end === -1) return false;
    at = end + aside[1].length;
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function startsWith(utf8: Buffer, text: string, at: number): boolean {
  return utf8.toString('latin1', at, at + text.length) === text;
}

function check(utf8: Buffer): XmlDocument {
  try {
    return XmlDocument.fromBuffer(utf8, { option: options });
  } catch (error) {
    throw new MalformedXml(explain(error));
  }
}

function explain(error: unknown): string {
  const detail = error instanceof XmlLibError ? error.details[0] : undefined;
  if (detail === undefined) return 'it is not well-formed XML';
  return `line ${detail.line}, column ${detail.col}: ${wording(detail.message)}`;
}

/** The parser's sentence without the raw bytes that it quotes of a badly encoded document. */
function wording(message: string): string {
  return message.trim().replace(/[\s!]*Bytes: .*$/s, '');
}

function read(element: LibraryElement, depth: number, restore: (text: string) => string): XmlElement {
  if (depth > deepestNesting) throw new MalformedXml(`elements nest deeper than ${deepestNesting}`);
  const attributes: XmlAttribute[] = [];
  for (const attribute of element.attrs) {
    attributes.push({ name: attribute.name, prefix: attribute.prefix, value: restore(attribute.value) });
  }
  const children: XmlElement[] = [];
  let text = '';
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof LibraryElement) children.push(read(node, depth + 1, restore));
    else if (node instanceof XmlText || node instanceof XmlCData) text += node.content;
  }
  return { name: element.name, prefix: element.prefix, attributes, children, text: restore(text) };
}
