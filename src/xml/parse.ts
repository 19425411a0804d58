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
import { hideMarks } from './inner-marks.ts';
import { MalformedXml } from './malformed-xml.ts';
import { deepestNesting } from './nesting.ts';

/** An attribute: its local name, the prefix it was written with ('' for none), its normalized value. */
export interface XmlAttribute {
  readonly name: string;
  readonly prefix: string;
  readonly value: string;
}

/** An element: `text` is all its direct character data, comments and processing instructions left out. */
export interface XmlElement<Text = string> {
  readonly name: string;
  readonly prefix: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement<Text>[];
  readonly text: Text;
}

// No file and no net is touched; the encoding is decided already, so what is declared is not believed.
const options: ParseOption =
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_NOWARNING |
  ParseOption.XML_PARSE_IGNORE_ENC;

/** Documents with processing instructions are walked by XPath, whose cost is their number squared. */
const mostInstructions = 1000;

const tooDeep = `elements nest deeper than ${deepestNesting}`;

/**
 * The root element of a document, read by the parser that also checks it: what is read is what was checked.
 * Namespaces are resolved only to refuse what is undeclared; names are kept as local name and prefix.
 * @throws {MalformedXml} for anything that is not well-formed, any DOCTYPE, and nesting over {@link deepestNesting}.
 */
export function parseXml(bytes: Buffer): XmlElement {
  const utf8 = toUtf8(bytes);
  // Before the parser sees the document, so that no entity is ever declared.
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
  if (message.startsWith('Excessive depth')) return tooDeep;
  return message.trim().replace(/[\s!]*Bytes: .*$/s, '');
}

/** All that may be an instruction, without the XML declaration. */
function countInstructions(utf8: Buffer): number {
  let count = 0;
  for (let at = utf8.indexOf('<?', 2); at !== -1; at = utf8.indexOf('<?', at + 2)) count += 1;
  return count;
}

/** How a tree is walked, and its texts are read. */
interface Walk {
  readonly restore: (text: string) => string;
  readonly contentOf: (element: LibraryElement) => Iterable<XmlNode>;
}

function* bySiblings(element: LibraryElement): Iterable<XmlNode> {
  for (let node = element.firstChild; node !== null; node = node.next) yield node;
}

/** For documents with processing instructions, at which the library's siblings end. */
function byQuery(element: LibraryElement): Iterable<XmlNode> {
  // One step: a union is merged node by node, and its cost is their number squared.
  return element.find('node()[not(self::processing-instruction())]');
}

function read(element: LibraryElement, depth: number, how: Walk): XmlElement {
  if (depth > deepestNesting) throw new MalformedXml(tooDeep);
  const attributes: XmlAttribute[] = [];
  for (const attribute of element.attrs) {
    attributes.push({ name: attribute.name, prefix: attribute.prefix, value: how.restore(attribute.value) });
  }
  const children: XmlElement[] = [];
  let text = '';
  for (const node of how.contentOf(element)) {
    if (node instanceof LibraryElement) children.push(read(node, depth + 1, how));
    else if (node instanceof XmlText || node instanceof XmlCData) text += node.content;
  }
  return { name: element.name, prefix: element.prefix, attributes, children, text: how.restore(text) };
}
