import { ParseOption, XmlCData, XmlDocument, XmlElement, XmlLibError, XmlText } from 'libxml2-wasm';

/** An element with resolved names, independent of prefixes and the order of attributes. */
export interface ResolvedElement {
  /** The name in Clark notation: `{uri}local`. */
  readonly name: string;
  /** The name as written in the document. */
  readonly label: string;
  /** The attributes by their names in Clark notation. */
  readonly attributes: Readonly<Record<string, ResolvedAttribute>>;
  readonly children: readonly ResolvedElement[];
  readonly text: string;
}

/** An attribute of a {@link ResolvedElement}. */
export interface ResolvedAttribute {
  readonly label: string;
  readonly value: string;
}

const options: ParseOption =
  ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NO_SYS_CATALOG | ParseOption.XML_PARSE_NOWARNING;

/** The error for a document that is not well-formed. */
export class UnreadableXml extends Error {
  override readonly name = 'UnreadableXml';
}

/** Normalizes a text for the comparison; `isBetween` is true for text around child elements. */
export type Spelling = (text: string, isBetween: boolean) => string;

/** Parse a document, resolve its names and normalize its texts by `spelling`. @throws {UnreadableXml} */
export function resolvedTree(document: string, spelling: Spelling = (text) => text): ResolvedElement {
  const parsed = parse(document);
  try {
    return resolve(parsed.root, spelling);
  } finally {
    parsed.dispose();
  }
}

function parse(document: string): XmlDocument {
  try {
    return XmlDocument.fromString(document, { option: options });
  } catch (error) {
    if (error instanceof XmlLibError) throw new UnreadableXml(error.message, { cause: error });
    throw error;
  }
}

function resolve(element: XmlElement, spelling: Spelling): ResolvedElement {
  const attributes = element.attrs.map(
    (attribute) => [clark(attribute), { label: labelOf(attribute), value: spelling(attribute.value, false) }] as const,
  );
  const children: ResolvedElement[] = [];
  let text = '';
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) children.push(resolve(node, spelling));
    else if (node instanceof XmlText || node instanceof XmlCData) text += node.content;
  }
  return {
    name: clark(element),
    label: labelOf(element),
    attributes: Object.fromEntries(attributes),
    children,
    text: spelling(text, children.length > 0),
  };
}

interface Named {
  readonly name: string;
  readonly prefix: string;
  readonly namespaceUri: string;
}

function clark({ name, namespaceUri }: Named): string {
  return namespaceUri === '' ? name : `{${namespaceUri}}${name}`;
}

function labelOf({ name, prefix }: Named): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

/** A {@link ResolvedElement} without the prefixes of its document. */
export interface BareElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly BareElement[];
  readonly text: string;
}

/** Remove the prefixes of the document from a tree. */
export function bare({ name, attributes, children, text }: ResolvedElement): BareElement {
  const values = Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value]));
  return { name, attributes: values, children: children.map((child) => bare(child)), text };
}
