import type { LongBase64 } from './long-base64.ts';
import { deepestNesting } from './nesting.ts';
import type { XmlAttribute, XmlElement } from './parse.ts';
import { Namespaces } from './plain-namespaces.ts';
import { resolve } from './references.ts';
import { setApart, type Placed, type SetApart } from './set-apart.ts';

/** The largest document that is scanned, in bytes: well below every limit of the strict parser's own. */
const mostBytes = 8_000_000;

/** The longest name, in characters, and the most attributes of an element, that are scanned; each is compared with the others. */
const longestName = 200;
const mostAttributes = 64;

/** A declaration that says what is so without it. */
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

/** An element whose text is not made a string before it must be. */
export type ScannedElement = XmlElement<string | LongBase64>;

/**
 * The root element of a plain document, as the strict parser would read it; undefined for every other document, of which
 * nothing is said. Plain are those of the programs that wrote requests: elements, attributes, texts, the references that
 * need no declaration, and namespaces that the root declares. What is scanned is what the strict parser takes, and the
 * tree is the same.
 */
export function scanXml(bytes: Buffer): ScannedElement | undefined {
  const document = bytes.length > mostBytes ? undefined : setApart(bytes);
  // In a text it is a mistake, elsewhere it is hardly ever.
  if (document === undefined || document.text.includes(']]>')) return undefined;
  return new Scan(document).root();
}

/** An element that is still being read. */
interface Growing extends ScannedElement {
  readonly children: ScannedElement[];
  text: ScannedElement['text'];
}

/** One run over a document, from its start to its end, each character once. */
class Scan {
  readonly #text: string;
  readonly #longTexts: readonly Placed[];
  readonly #hasReferences: boolean;
  readonly #namespaces = new Namespaces();
  /** The elements around the place, with their names as they were written. */
  readonly #open: Growing[] = [];
  readonly #tags: string[] = [];
  #root: ScannedElement | undefined;
  #at = 0;
  /** How many of the long texts have found their place, and the next one. */
  #placed = 0;
  #next: Placed | undefined;
  /** The prefix of the name that was read last. */
  #prefix = '';

  constructor({ text, longTexts }: SetApart) {
    this.#text = text;
    this.#longTexts = longTexts;
    this.#hasReferences = text.includes('&');
    this.#next = longTexts[0];
  }

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

  /** Nothing but space may stand behind the root. A long text that has found no place is no text of an element. */
  #isAtEnd(): boolean {
    this.#skipSpace();
    return this.#at === this.#text.length && this.#placed === this.#longTexts.length;
  }

  #readTag(): boolean {
    if (!this.#take(lessThan)) return false;
    return this.#take(slash) ? this.#readEndTag() : this.#readStartTag();
  }

  #readEndTag(): boolean {
    const tag = this.#tags.pop();
    if (tag === undefined || !this.#text.startsWith(tag, this.#at)) return false;
    this.#at += tag.length;
    this.#open.pop();
    this.#skipSpace();
    return this.#take(greaterThan);
  }

  #readStartTag(): boolean {
    const start = this.#at;
    const name = this.#readName();
    if (name === '' || this.#open.length === deepestNesting) return false;
    const prefix = this.#prefix;
    const end = this.#at;
    const attributes = this.#readAttributes();
    if (attributes === undefined || !this.#areBound(prefix, attributes)) return false;
    const element: Growing = { name, prefix, attributes, children: [], text: '' };
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = element;
    else parent.children.push(element);
    if (this.#take(slash)) return this.#take(greaterThan);
    this.#open.push(element);
    this.#tags.push(this.#text.slice(start, end));
    return this.#take(greaterThan);
  }

  /** Up to what must be the tag's end. */
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
        // Those of other elements end with them.
        if (this.#root !== undefined) return undefined;
        if (!this.#namespaces.declare(prefix === '' ? '' : name, value)) return undefined;
      } else {
        if (isAmong(attributes, prefix, name)) return undefined;
        attributes.push({ name, prefix, value });
      }
    }
  }

  /** A name of ASCII, '' for none; its prefix is kept. */
  #readName(): string {
    const first = this.#readPart();
    const hasPrefix = first !== '' && this.#take(colon);
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

  /** From the sign before it to the quote behind it. A line end in it would be a space. */
  #readValue(): string | undefined {
    this.#skipSpace();
    if (!this.#take(equals)) return undefined;
    this.#skipSpace();
    const text = this.#text;
    const mark = text.charCodeAt(this.#at);
    if (mark !== quote && mark !== apostrophe) return undefined;
    const start = this.#at + 1;
    let refers = false;
    for (let at = start; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === mark) {
        this.#at = at + 1;
        const value = text.slice(start, at);
        return refers ? resolve(value) : value;
      }
      if (code === lessThan || code === lineFeed || code === tab) return undefined;
      if (code === ampersand) refers = true;
    }
    return undefined;
  }

  /** Up to the next tag. */
  #readText(): boolean {
    const end = this.#text.indexOf('<', this.#at);
    const element = this.#open.at(-1);
    if (end === -1 || element === undefined) return false;
    if (this.#next?.at === this.#at) this.#place(this.#next.text, element);
    if (end === this.#at) return true;
    const raw = this.#text.slice(this.#at, end);
    const piece = this.#hasReferences ? resolve(raw) : raw;
    this.#at = end;
    if (piece === undefined) return false;
    element.text = element.text.toString() + piece;
    return true;
  }

  /** It is all the text of its element, or a part of a string. */
  #place(long: LongBase64, element: Growing): void {
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

  #take(code: number): boolean {
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
