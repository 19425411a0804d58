import type { LongBase64 } from '../long-base64.ts';
import { deepestNesting } from '../nesting.ts';
import type { XmlAttribute, XmlElement } from '../element.ts';
import { PlainNamespaces } from './plain-namespaces.ts';
import { resolveReferences } from '../references.ts';
import { splitBase64, type CutText, type SplitDocument } from './split-base64.ts';

/** The largest document that is scanned, in bytes: well below every limit of the strict parser. */
const mostBytes = 8_000_000;

/** The longest name that is scanned, in characters, and the largest number of attributes, each of which is compared with the others. */
const longestName = 200;
const mostAttributes = 64;

/** The XML declarations that have no effect: version 1.0, UTF-8, standalone or not. */
const declaration =
  /<\?xml[ \t\n]+version=(?:"1\.0"|'1\.0')(?:[ \t\n]+encoding=(?:"[Uu][Tt][Ff]-8"|'[Uu][Tt][Ff]-8'))?(?:[ \t\n]+standalone=(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>/y;

const tab = 0x09;
const lineFeed = 0x0a;
const space = 0x20;
const quote = 0x22;
const ampersand = 0x26;
const apostrophe = 0x27;
const slash = 0x2f;
const colon = 0x3a;
const lessThan = 0x3c;
const equals = 0x3d;
const greaterThan = 0x3e;

/** An element whose text may be long base64, which becomes a string only on demand. */
export type ScannedElement = XmlElement<string | LongBase64>;

/**
 * Scan a plain document and return its root element; undefined for any other document, which the strict parser must read.
 *
 * Plain documents are those that programs write: elements, attributes, texts, references that need no declaration, and
 * namespaces that the root declares. The scanner accepts only documents that the strict parser accepts, and returns the same tree
 * (docs/decisions/0010-plain-documents-are-scanned.md), in 8 us of an exchange instead of 90 (docs/speed.md).
 */
export function scanXml(bytes: Buffer): ScannedElement | undefined {
  const document = bytes.length > mostBytes ? undefined : splitBase64(bytes);
  // `]]>` is malformed in a text; the strict parser reads the rare document that has it elsewhere.
  if (document === undefined || document.text.includes(']]>')) return undefined;
  return new Scan(document).root();
}

/** An element whose end tag has not been read. */
interface OpenElement extends ScannedElement {
  readonly children: ScannedElement[];
  text: ScannedElement['text'];
}

/** The state of one scan, a single pass that reads each character once. */
class Scan {
  readonly #text: string;
  readonly #longTexts: readonly CutText[];
  readonly #hasReferences: boolean;
  readonly #namespaces = new PlainNamespaces();
  /** The open elements, outermost first, and their names as written. */
  readonly #open: OpenElement[] = [];
  readonly #tags: string[] = [];
  #root: ScannedElement | undefined;
  #at = 0;
  /** The number of long texts that have been added to the tree, and the next one. */
  #placed = 0;
  #next: CutText | undefined;
  /** The prefix of the last name. */
  #prefix = '';

  constructor({ text, longTexts }: SplitDocument) {
    this.#text = text;
    this.#longTexts = longTexts;
    this.#hasReferences = text.includes('&');
    this.#next = longTexts[0];
  }

  /** Scan the document; undefined as soon as it is not plain. */
  root(): ScannedElement | undefined {
    declaration.lastIndex = 0;
    if (declaration.test(this.#text)) this.#at = declaration.lastIndex;
    this.#skipSpace();
    while (this.#readTag()) {
      if (this.#open.length === 0) return this.#isAtEnd() ? this.#root : undefined;
      if (!this.#readText()) return undefined;
    }
    return undefined;
  }

  /** Check that only white space follows the root, and that each long text belonged to an element. */
  #isAtEnd(): boolean {
    this.#skipSpace();
    return this.#at === this.#text.length && this.#placed === this.#longTexts.length;
  }

  #readTag(): boolean {
    if (!this.#accept(lessThan)) return false;
    return this.#accept(slash) ? this.#readEndTag() : this.#readStartTag();
  }

  #readEndTag(): boolean {
    const tag = this.#tags.pop();
    if (tag === undefined || !this.#text.startsWith(tag, this.#at)) return false;
    this.#at += tag.length;
    this.#open.pop();
    this.#skipSpace();
    return this.#accept(greaterThan);
  }

  #readStartTag(): boolean {
    const start = this.#at;
    const name = this.#readName();
    if (name === '' || this.#open.length === deepestNesting) return false;
    const prefix = this.#prefix;
    const end = this.#at;
    const attributes = this.#readAttributes();
    if (attributes === undefined || !this.#areBound(prefix, attributes)) return false;
    const element: OpenElement = { name, prefix, attributes, children: [], text: '' };
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = element;
    else parent.children.push(element);
    if (this.#accept(slash)) return this.#accept(greaterThan);
    this.#open.push(element);
    this.#tags.push(this.#text.slice(start, end));
    return this.#accept(greaterThan);
  }

  /** Read attributes up to the `>` or `/` of the tag. */
  #readAttributes(): XmlAttribute[] | undefined {
    const attributes: XmlAttribute[] = [];
    for (;;) {
      const before = this.#at;
      this.#skipSpace();
      const code = this.#text.charCodeAt(this.#at);
      if (code === greaterThan || code === slash) return attributes;
      if (this.#at === before || attributes.length === mostAttributes) return undefined;
      const name = this.#readName();
      const prefix = this.#prefix;
      const value = name === '' ? undefined : this.#readValue();
      if (value === undefined) return undefined;
      if (prefix === 'xmlns' || (prefix === '' && name === 'xmlns')) {
        // Only the root may declare namespaces here: the strict parser handles the narrower scope of other declarations.
        if (this.#root !== undefined) return undefined;
        if (!this.#namespaces.declare(prefix === '' ? '' : name, value)) return undefined;
      } else {
        if (isAmong(attributes, prefix, name)) return undefined;
        attributes.push({ name, prefix, value });
      }
    }
  }

  /** Read an ASCII name and set its prefix; '' for any other name. */
  #readName(): string {
    const first = this.#readPart();
    const hasPrefix = first !== '' && this.#accept(colon);
    this.#prefix = hasPrefix ? first : '';
    return hasPrefix ? this.#readPart() : first;
  }

  #readPart(): string {
    const text = this.#text;
    const start = this.#at;
    if (!isNameStart(text.charCodeAt(start))) return '';
    let at = start + 1;
    while (isNameCharacter(text.charCodeAt(at))) at += 1;
    this.#at = at;
    return at - start > longestName ? '' : text.slice(start, at);
  }

  /** Read `=` and a quoted value; undefined for a value with a TAB or line end, which the strict parser must normalize to a space. */
  #readValue(): string | undefined {
    this.#skipSpace();
    if (!this.#accept(equals)) return undefined;
    this.#skipSpace();
    const text = this.#text;
    const mark = text.charCodeAt(this.#at);
    if (mark !== quote && mark !== apostrophe) return undefined;
    const start = this.#at + 1;
    let hasReference = false;
    for (let at = start; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === mark) {
        this.#at = at + 1;
        const value = text.slice(start, at);
        return hasReference ? resolveReferences(value) : value;
      }
      if (code === lessThan || code === lineFeed || code === tab) return undefined;
      if (code === ampersand) hasReference = true;
    }
    return undefined;
  }

  /** Read text up to the next tag. */
  #readText(): boolean {
    const end = this.#text.indexOf('<', this.#at);
    const element = this.#open.at(-1);
    if (end === -1 || element === undefined) return false;
    if (this.#next?.at === this.#at) this.#place(this.#next.text, element);
    if (end === this.#at) return true;
    const raw = this.#text.slice(this.#at, end);
    const piece = this.#hasReferences ? resolveReferences(raw) : raw;
    this.#at = end;
    if (piece === undefined) return false;
    element.text = element.text.toString() + piece;
    return true;
  }

  /** Add a long text to its element. If the element has other text, the long text is converted to a string. */
  #place(long: LongBase64, element: OpenElement): void {
    element.text = element.text === '' ? long : element.text.toString() + long.toString();
    this.#placed += 1;
    this.#next = this.#longTexts[this.#placed];
  }

  #areBound(prefix: string, attributes: readonly XmlAttribute[]): boolean {
    if (!this.#namespaces.isBound(prefix)) return false;
    for (const attribute of attributes) if (!this.#namespaces.isBound(attribute.prefix)) return false;
    return true;
  }

  #skipSpace(): void {
    let code = this.#text.charCodeAt(this.#at);
    while (code === space || code === lineFeed || code === tab) {
      this.#at += 1;
      code = this.#text.charCodeAt(this.#at);
    }
  }

  #accept(code: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== code) return false;
    this.#at += 1;
    return true;
  }
}

function isAmong(attributes: readonly XmlAttribute[], prefix: string, name: string): boolean {
  for (const attribute of attributes) if (attribute.name === name && attribute.prefix === prefix) return true;
  return false;
}

function isNameStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}

function isNameCharacter(code: number): boolean {
  return isNameStart(code) || (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e;
}
