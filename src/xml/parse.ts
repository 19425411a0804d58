import { ParseOption, XmlDocument, XmlLibError } from 'libxml2-wasm';
import { hasDoctype } from './doctype.ts';
import type { XmlElement } from './element.ts';
import { toUtf8 } from './encoding.ts';
import { MalformedXml } from './malformed-xml.ts';
import { readSavedTree, tooDeep } from './saved-tree.ts';

// The parser reads no files and opens no connections. It ignores the declared encoding, because toUtf8() has converted the bytes.
const options: ParseOption =
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_NOWARNING |
  ParseOption.XML_PARSE_IGNORE_ENC;

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

/**
 * Parse a document and return its root element. One parser checks and reads, so that the checked document cannot differ from
 * the read one (docs/decisions/0001-one-parser-reads-and-checks.md). Undeclared prefixes are refused. Names are kept as local
 * name and prefix.
 * @throws {MalformedXml} for a document that is not well-formed, any DOCTYPE, and nesting deeper than 64
 */
export function parseXml(bytes: Buffer): XmlElement {
  const utf8 = toUtf8(bytes);
  // Refuse a DOCTYPE before the parser sees the document, so that it never declares an entity.
  if (hasDoctype(utf8)) throw new MalformedXml(noDoctype);
  const document = check(utf8);
  try {
    // If the parser found a DOCTYPE where hasDoctype() did not, its entities may already be in the values of attributes.
    if (document.dtd !== null) throw new MalformedXml(noDoctype);
    return readSavedTree(saved(document));
  } finally {
    document.dispose();
  }
}

const noDoctype = 'a DOCTYPE is not allowed';

/**
 * Save a tree as text in UTF-8. The text is saved and read at a cost that grows with its length. To walk the tree itself, each
 * node and each name crosses into WebAssembly, siblings end at a processing instruction, and XPath, which does not, costs the
 * square of their number.
 */
function saved(document: XmlDocument): string {
  const chunks: Buffer[] = [];
  // The parser reuses the memory of a chunk, so it is copied.
  const write = (chunk: Uint8Array): number => chunks.push(Buffer.from(chunk)) && chunk.length;
  document.save({ write, close: () => true }, { format: false, encoding: 'utf-8' });
  // Buffer keeps a U+FEFF at the start of a text; the decoder of the library would remove it.
  return Buffer.concat(chunks).toString('utf8');
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
