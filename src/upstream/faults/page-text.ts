import { STATUS_CODES } from 'node:http';
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

/** The elements that are headings. */
const headings = new Set(['h1', 'h2', 'h3']);

/**
 * Extract the visible text of an HTML page, an XML fault or a text with tags, on one line. Clouds and load balancers answer
 * with such pages instead of JSON. The result is '' for a page that the lenient parser cannot read.
 * @param status the status of the page: a heading that only repeats it is left out, and a page that says nothing else is ''
 */
export function pageText(page: string, status?: number): string {
  // A text without tags and entities is not a page: keep its `<` and `&`.
  if (!/<[a-z!/?]|&(?:[a-z]+|#\w+);/i.test(page)) return onOneLine(page);
  try {
    const nodes: unknown = parser().parse(`<page>${page.replace(/<!doctype[^<>]*>|<\?xml[^<>]*>/gi, '')}</page>`);
    return withoutSignature(onOneLine(textOf(nodes, status)), status);
  } catch {
    return '';
  }
}

function textOf(node: unknown, status: number | undefined): string {
  if (Array.isArray(node)) return node.map((item) => textOf(item, status)).join(' ');
  if (typeof node !== 'object' || node === null) return '';
  return Object.entries(node)
    .filter(([name]) => !hiddenElements.has(name.toLowerCase()))
    .map(([name, value]) => {
      const text = name === '#text' ? String(value) : textOf(value, status);
      return headings.has(name.toLowerCase()) && repeatsStatus(text, status) ? '' : text;
    })
    .join(' ');
}

/** Check that a heading says only the status, such as `404 Not Found` or `Error 404`: the fault has it already. */
function repeatsStatus(heading: string, status: number | undefined): boolean {
  if (status === undefined) return false;
  const said = wordsOf(heading.replace(String(status), ''));
  return said === '' || (phrasesOf[status] ?? []).some((phrase) => said === wordsOf(phrase));
}

/** List the words of a heading, without those that stand around a status. */
function wordsOf(heading: string): string {
  const words = heading.toLowerCase().match(/[a-z0-9']+/g) ?? [];
  return words.filter((word) => !statusWords.has(word)).join(' ');
}

/** The words around a status in a heading. */
const statusWords = new Set(['http', 'status', 'error', 'code', 'response']);

const otherPhrases: Readonly<Record<string, readonly string[]>> = {
  408: ['Request Time-out'],
  413: ['Request Entity Too Large', 'Content Too Large'],
  414: ['Request-URI Too Large', 'Request-URI Too Long'],
  416: ['Requested Range Not Satisfiable'],
  422: ['Unprocessable Content'],
  504: ['Gateway Time-out'],
};

/** The reason phrases of a status: node's, and those of older standards. */
const phrasesOf: Readonly<Record<number, readonly string[]>> = Object.fromEntries(
  Object.entries(STATUS_CODES).map(([status, phrase = '']) => [status, [phrase, ...(otherPhrases[status] ?? [])]]),
);

/** Remove a text that is one word, the name of the server, such as `nginx/1.18.0`: the rest of the page said the status only. */
function withoutSignature(text: string, status: number | undefined): string {
  return status !== undefined && /^(?:nginx|openresty|tengine|cloudflare|microsoft-azure\S*|awselb)\S*$/i.test(text)
    ? ''
    : text;
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
