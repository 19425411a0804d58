import { createRequire } from 'node:module';
import type * as library from 'fast-xml-parser';

/** Elements of a page whose text no person reads. */
const unread = new Set(['head', 'title', 'script', 'style']);

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

/** Loaded with the first page, which hardly any cloud ever answers: it takes 8 MB. */
function parser(): library.XMLParser {
  if (made !== undefined) return made;
  // The library's own types.
  const { XMLParser } = load('fast-xml-parser') as typeof library;
  made = new XMLParser(options);
  return made;
}

/**
 * The words of an HTML page, an XML fault or a text with tags in it, as clouds and balancers answer instead of JSON,
 * on one line. The lenient parser takes most of what browsers take; what even it refuses has no words.
 */
export function pageText(page: string): string {
  // A text without a tag is no page, whatever signs it has.
  if (!/<[a-z!/?]|&(?:[a-z]+|#\w+);/i.test(page)) return tidy(page);
  try {
    const nodes: unknown = parser().parse(`<page>${page.replace(/<!doctype[^<>]*>|<\?xml[^<>]*>/gi, '')}</page>`);
    return tidy(words(nodes));
  } catch {
    return '';
  }
}

function words(node: unknown): string {
  if (Array.isArray(node)) return node.map(words).join(' ');
  if (typeof node !== 'object' || node === null) return '';
  return Object.entries(node)
    .filter(([name]) => !unread.has(name.toLowerCase()))
    .map(([name, value]) => (name === '#text' ? String(value) : words(value)))
    .join(' ');
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
