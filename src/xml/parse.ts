import {
  ParseOption,
  XmlCData,
  XmlDocument,
  XmlElement as LibraryElement,
  XmlLibError,
  XmlText,
  type XmlNode,
} from 'libxml2-wasm';
import { hasDoctype } from './doctype.ts';
import { toUtf8 } from './encoding.ts';
import { hideMarks } from './byte-order-marks.ts';
import { MalformedXml } from './malformed-xml.ts';
import { deepestNesting } from './nesting.ts';

/** An attribute: its local name, its prefix as written ('' for none), its normalized value. */
export interface XmlAttribute {
  readonly name: string;
  readonly prefix: string;
  readonly value: string;
}

/** An element. `text` joins all its direct character data, without comments and processing instructions. */
export interface XmlElement<Text = string> {
  readonly name: string;
  readonly prefix: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement<Text>[];
  readonly text: Text;
}

// The parser reads no files and opens no connections. It ignores the declared encoding, because toUtf8() has converted the bytes.
const options: ParseOption =
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_NOWARNING |
  ParseOption.XML_PARSE_IGNORE_ENC;

/** The largest number of processing instructions. Documents with any are walked by XPath, whose cost grows with the square of it. */
const mostInstructions = 1000;

/**
 * The reports of libxml2 that concern no rule of XML or of its namespaces: a namespace name that is no URI, and an xml:id that
 * is no name or not unique. expat and lxml accept such documents, so legacy Nova did.
 */
const harmless: readonly RegExp[] = [
  /^xmlns(?::[^\s']+)?: '.*' is not a valid URI\s*$/s,
  /^xml:id : attribute value .* is not an NCName\s*$/s,
  /^ID .* already defined\s*$/s,
];

/** The level of such a report: an error after which libxml2 continues. */
const recoverable = 2;
/** The number of reports of which all are known. libxml2 reports 100 errors of a document, and is silent about any others. */
const mostReports = 99;

const tooDeep = `elements nest deeper than ${deepestNesting}`;

/**
 * Parse a document and return its root element. One parser checks and reads, so that the checked document cannot differ from
 * the read one (docs/decisions/0001-one-parser-reads-and-checks.md). Undeclared prefixes are refused. Names are kept as local
 * name and prefix.
 * @throws {MalformedXml} for a document that is not well-formed, any DOCTYPE, more than 1000 processing instructions, and
 *   nesting over {@link deepestNesting}
 */
export function parseXml(bytes: Buffer): XmlElement {
  const utf8 = toUtf8(bytes);
  // Refuse a DOCTYPE before the parser sees the document, so that it never declares an entity.
  if (hasDoctype(utf8)) throw new MalformedXml('a DOCTYPE is not allowed');
  const { bytes: hidden, restore } = hideMarks(utf8);
  const instructions = countInstructions(hidden);
  if (instructions > mostInstructions) throw new MalformedXml(`more than ${mostInstructions} processing instructions`);
  const document = check(hidden);
  try {
    return read(document.root, 1, { restore, contentOf: instructions > 0 ? byQuery : bySiblings });
  } finally {
    document.dispose();
  }
}

function check(utf8: Buffer): XmlDocument {
  try {
    return XmlDocument.fromBuffer(utf8, { option: options });
  } catch (error) {
    const document = isHarmless(error) ? withoutReports(utf8) : undefined;
    if (document !== undefined) return document;
    throw new MalformedXml(explain(error));
  }
}

/** Check that a document was refused for harmless reports only. */
function isHarmless(error: unknown): boolean {
  if (!(error instanceof XmlLibError) || error.details.length > mostReports) return false;
  return error.details.every(
    ({ level, message }) => level === recoverable && harmless.some((pattern) => pattern.test(message)),
  );
}

/** Parse a document again without reports, because the library throws for each; undefined if it is not well-formed. */
function withoutReports(utf8: Buffer): XmlDocument | undefined {
  try {
    return XmlDocument.fromBuffer(utf8, { option: options | ParseOption.XML_PARSE_NOERROR });
  } catch {
    return undefined;
  }
}

function explain(error: unknown): string {
  const detail = error instanceof XmlLibError ? error.details[0] : undefined;
  if (detail === undefined) return 'it is not well-formed XML';
  return `line ${detail.line}, column ${detail.col}: ${wording(detail.message)}`;
}

/** Remove the raw bytes that the parser quotes from a badly encoded document, which callers must not see. */
function wording(message: string): string {
  if (message.startsWith('Excessive depth')) return tooDeep;
  return message.trim().replace(/[\s!]*Bytes: .*$/s, '');
}

/** Count everything that may be an instruction, except the XML declaration at the start. */
function countInstructions(utf8: Buffer): number {
  let count = 0;
  for (let at = utf8.indexOf('<?', 2); at !== -1; at = utf8.indexOf('<?', at + 2)) count += 1;
  return count;
}

/** The functions that walk a tree and restore its texts. */
interface Walk {
  readonly restore: (text: string) => string;
  readonly contentOf: (element: LibraryElement) => Iterable<XmlNode>;
}

function* bySiblings(element: LibraryElement): Iterable<XmlNode> {
  for (let node = element.firstChild; node !== null; node = node.next) yield node;
}

/** Walk the nodes of an element by XPath, because the library's `next` ends at a processing instruction. */
function byQuery(element: LibraryElement): Iterable<XmlNode> {
  // Use one step, not a union: libxml2 merges a union node by node, and the cost grows with the square of their number.
  return element.find('node()[not(self::processing-instruction())]');
}

function read(element: LibraryElement, depth: number, walk: Walk): XmlElement {
  if (depth > deepestNesting) throw new MalformedXml(tooDeep);
  const attributes: XmlAttribute[] = [];
  for (const attribute of element.attrs) {
    attributes.push({ name: attribute.name, prefix: attribute.prefix, value: walk.restore(attribute.value) });
  }
  const children: XmlElement[] = [];
  let text = '';
  for (const node of walk.contentOf(element)) {
    if (node instanceof LibraryElement) children.push(read(node, depth + 1, walk));
    else if (node instanceof XmlText || node instanceof XmlCData) text += node.content;
  }
  return { name: element.name, prefix: element.prefix, attributes, children, text: walk.restore(text) };
}
