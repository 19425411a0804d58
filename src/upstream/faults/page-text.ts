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
let made: library.XMLParser | undefined;

/** Load the library with the first page: it takes 8 MB of memory, and hardly any cloud answers a page. */
function parser(): library.XMLParser {
  if (made !== undefined) return made;
  // The library's own types.
  const { XMLParser } = load('fast-xml-parser') as typeof library;
  made = new XMLParser(options);
  return made;
}

/**
 * Extract the visible text of an HTML page, an XML fault or a text with tags, on one line. Clouds and balancers answer such
 * pages instead of JSON. A page that even the lenient parser refuses gives an empty text.
 */
export function pageText(page: string): string {
  // A text without a tag or an entity is no page: keep its `<` and `&`.
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
