import { MalformedXml } from './malformed-xml.ts';
import { deepestNesting } from './nesting.ts';
import type { XmlAttribute, XmlElement } from './element.ts';
import { resolveReferences } from './references.ts';

/** The message for elements that nest too deep. */
export const tooDeep = `elements nest deeper than ${deepestNesting}`;

const slash = 0x2f;
const exclamation = 0x21;
const question = 0x3f;
const space = 0x20;
const greaterThan = 0x3e;

const startOfCData = '![CDATA[';

/** An element whose end tag has not been read. */
interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/**
 * Read the root element of a document as libxml2 saves it. That text is regular: one space before each attribute, values in
 * double quotes, every `<` and `&` of a text escaped, no line end to normalize. So it is read in one pass, and the cost grows
 * with its length, whatever it consists of.
 * @throws {MalformedXml} for nesting over {@link deepestNesting}, and for a text that no tree without a DTD is saved as
 */
export function readSavedTree(text: string): XmlElement {
  return new SavedTree(text).root();
}

/** The state of one reading. */
class SavedTree {
  readonly #text: string;
  readonly #open: OpenElement[] = [];
  #root: XmlElement | undefined;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  root(): XmlElement {
    for (let start = this.#text.indexOf('<'); start !== -1; start = this.#text.indexOf('<', this.#at)) {
      this.#addText(this.#text.slice(this.#at, start));
      this.#at = start + 1;
      this.#readMarkup();
    }
    if (this.#root === undefined) throw unexpected();
    return this.#root;
  }

  #readMarkup(): void {
    switch (this.#text.charCodeAt(this.#at)) {
      case slash:
        this.#open.pop();
        this.#skipTo('>');
        return;
      case question:
        this.#skipTo('?>');
        return;
      case exclamation:
        this.#readSection();
        return;
      default:
        this.#readStartTag();
    }
  }

  /** Skip a comment, or add the text of a CDATA section. */
  #readSection(): void {
    const { length } = startOfCData;
    if (this.#text.startsWith('!--', this.#at)) {
      // The end of a comment may not share a hyphen with its start.
      this.#at += '!--'.length;
      this.#skipTo('-->');
      return;
    }
    if (!this.#text.startsWith(startOfCData, this.#at)) throw unexpected();
    const start = this.#at + length;
    this.#skipTo(']]>');
    const element = this.#open.at(-1);
    if (element !== undefined) element.text += this.#text.slice(start, this.#at - ']]>'.length);
  }

  #readStartTag(): void {
    if (this.#open.length === deepestNesting) throw new MalformedXml(tooDeep);
    const name = this.#readName();
    const attributes: XmlAttribute[] = [];
    while (this.#text.charCodeAt(this.#at) === space) this.#readAttribute(attributes);
    const element: OpenElement = { ...name, attributes, children: [], text: '' };
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = element;
    else parent.children.push(element);
    const isEmpty = this.#text.charCodeAt(this.#at) === slash;
    if (isEmpty) this.#at += 1;
    else this.#open.push(element);
    if (this.#text.charCodeAt(this.#at) !== greaterThan) throw unexpected();
    this.#at += 1;
  }

  #readAttribute(attributes: XmlAttribute[]): void {
    this.#at += 1;
    const { name, prefix } = this.#readName();
    const start = this.#at + '="'.length;
    const end = this.#text.indexOf('"', start);
    if (end === -1 || !this.#text.startsWith('="', this.#at)) throw unexpected();
    this.#at = end + 1;
    if (prefix === 'xmlns' || (prefix === '' && name === 'xmlns')) return;
    attributes.push({ name, prefix, value: resolved(this.#text.slice(start, end)) });
  }

  /** Read a name up to a space, `=`, `/` or `>`, and split it at its colon. */
  #readName(): { readonly name: string; readonly prefix: string } {
    nameForm.lastIndex = this.#at;
    const [qualified] = nameForm.exec(this.#text) ?? [];
    if (qualified === undefined) throw unexpected();
    this.#at += qualified.length;
    const colon = qualified.indexOf(':');
    return { name: qualified.slice(colon + 1), prefix: qualified.slice(0, Math.max(0, colon)) };
  }

  #addText(text: string): void {
    const element = this.#open.at(-1);
    if (element !== undefined && text !== '') element.text += resolved(text);
  }

  #skipTo(end: string): void {
    const found = this.#text.indexOf(end, this.#at);
    if (found === -1) throw unexpected();
    this.#at = found + end.length;
  }
}

const nameForm = /[^ =/>]+/y;

/**
 * Resolve the references of a text. An entity's name is none of them: the tree would have a DTD. A `>` or `"` of the caller
 * is saved as a reference: a mebibyte of them, one by one, would hold the event loop for 180 ms.
 */
function resolved(text: string): string {
  if (!text.includes('&')) return text;
  const found = resolveReferences(text.replace(/&gt;/g, '>').replace(/&quot;/g, '"'));
  if (found === undefined) throw unexpected();
  return found;
}

function unexpected(): MalformedXml {
  return new MalformedXml('it is not well-formed XML');
}
