import { XMLParser } from 'fast-xml-parser';
import type { XmlAttribute, XmlElement } from '../../src/xml/element.ts';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  cdataPropName: '#cdata',
  commentPropName: '#comment',
});

type Node = Readonly<Record<string, unknown>>;

/** Read a well-formed document with fast-xml-parser; references are decoded and white space is normalized here, by the rules of XML. */
export function secondOpinion(document: string): XmlElement {
  const nodes = parser.parse(document) as Node[];
  const root = nodes.find((node) => nameOf(node)[0] !== '#');
  if (root === undefined) throw new Error('fast-xml-parser sees no element');
  return elementOf(root);
}

function elementOf(node: Node): XmlElement {
  const name = nameOf(node);
  const content = node[name] as Node[];
  const attributes = Object.entries((node[':@'] ?? {}) as Record<string, string>)
    .filter(([given]) => !/^xmlns(:|$)/.test(given))
    .map(([given, value]): XmlAttribute => ({ ...split(given), value: decode(normalized(value)) }));
  return {
    ...split(name),
    attributes,
    children: content.filter((child) => nameOf(child)[0] !== '#').map((child) => elementOf(child)),
    text: content.map((child) => textOf(child)).join(''),
  };
}

function textOf(node: Node): string {
  if (typeof node['#text'] === 'string') return decode(lineFeeds(node['#text']));
  const cdata = node['#cdata'] as Node[] | undefined;
  return cdata === undefined ? '' : cdata.map((part) => lineFeeds(String(part['#text']))).join('');
}

function nameOf(node: Node): string {
  return Object.keys(node).find((key) => key !== ':@') ?? '#nothing';
}

function split(name: string): { name: string; prefix: string } {
  const colon = name.indexOf(':');
  return colon === -1 ? { name, prefix: '' } : { name: name.slice(colon + 1), prefix: name.slice(0, colon) };
}

function lineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function normalized(value: string): string {
  return lineFeeds(value).replace(/[\t\n]/g, ' ');
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal === undefined ? (named[name ?? ''] ?? '') : String.fromCodePoint(Number(decimal));
  });
}
