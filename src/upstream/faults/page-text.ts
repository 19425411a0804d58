import { createRequire } from 'node:module';
import type * as library from 'fast-xml-parser';

/** Elements whose text a browser does not show. */
const hiddenElements = new Set(['head', 'title', 'script', 'style']);

const options: library.X2jOptions = {
  preserveOrder: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  processEntities: true,
  htmlEntities: true,
  unpairedTags: ['br', 'hr', 'img', 'input', 'link', 'meta'],
  alwaysCreateTextNode: false,
};

const load = createRequire(import.meta.url);
let loaded: library.XMLParser | undefined;

/** Load the library on the first page: it needs 8 MB of memory, and clouds rarely answer with a page. */
function parser(): library.XMLParser {
  if (loaded !== undefined) return loaded;
  // The library's own types.
  const { XMLParser } = load('fast-xml-parser') as typeof library;
  loaded = new XMLParser(options);
  return loaded;
}

/**
 * Extract the visible text of an HTML page, an XML fault or a text with tags, on one line. Clouds and load balancers answer
 * with such pages instead of JSON. The result is '' for a page that the lenient parser cannot read.
 */
export function pageText(page: string): string {
  // A text without tags and entities is not a page: keep its `<` and `&`.
  if (!/<[a-z!/?]|&(?:[a-z]+|#\w+);/i.test(page)) return onOneLine(page);
  try {
    const nodes: unknown = parser().parse(`<page>${page.replace(/<!doctype[^<>]*>|<\?xml[^<>]*>/gi, '')}</page>`);
    return onOneLine(textOf(nodes));
  } catch {
    return '';
  }
}

function textOf(node: unknown): string {
  if (Array.isArray(node)) return node.map(textOf).join(' ');
  if (typeof node !== 'object' || node === null) return '';
  return Object.entries(node)
    .filter(([name]) => !hiddenElements.has(name.toLowerCase()))
    .map(([name, value]) => (name === '#text' ? String(value) : textOf(value)))
    .join(' ');
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
