import type { Writing } from './python-text.ts';

/** A start tag without its closing `>`, and the name of its element. */
export interface PrintedName {
  readonly start: string;
  readonly name: string;
}

/** The characters that may start a name (XML 1.0, NameStartChar, without the colon). */
const start =
  'A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFEFE\\uFF00-\\uFFFD\\u{10000}-\\u{EFFFF}';
/** The further characters that a name may contain (XML 1.0, NameChar). */
const further = '.0-9\\xB7\\u0300-\\u036F\\u203F\\u2040-';
const local = new RegExp(`^[${start}][${start}${further}]*$`, 'u');
const unnamable = new RegExp(`[^${start}${further}]`, 'gu');
const unstarted = new RegExp(`^(?![${start}])`, 'u');
const prefixed = /^(?!xml)[A-Z_a-z][\w.-]*$/i;

/**
 * Print the start tag of an element whose name is a key. As in legacy Nova, a prefix is declared as its own namespace (`hw:cpu`
 * in extra specs). Characters that a name cannot contain become `_`, and the document counts as repaired.
 */
export function printName(key: string, writing: Writing): PrintedName {
  const [prefix = '', name, ...rest] = key.split(':');
  if (name !== undefined && rest.length === 0 && prefixed.test(prefix) && local.test(name)) {
    return { start: `<${key} xmlns:${prefix}="${prefix}"`, name: key };
  }
  if (local.test(key)) return { start: `<${key}`, name: key };
  writing.repaired = true;
  const repaired = key.replace(unnamable, '_').replace(unstarted, '_');
  return { start: `<${repaired}`, name: repaired };
}
