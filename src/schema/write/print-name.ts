import { nameCharacters } from './name-characters.ts';
import type { Writing } from './python-text.ts';

/** A start tag without its closing `>`, and the name of its element. */
export interface PrintedName {
  readonly start: string;
  readonly name: string;
}

const { start, further } = nameCharacters;
const local = new RegExp(`^[${start}][${start}${further}]*$`, 'u');
const unnamable = new RegExp(`[^${start}${further}]`, 'gu');
const unstarted = new RegExp(`^(?![${start}])`, 'u');
const prefixed = /^(?!xml)[A-Z_a-z][\w.-]*$/i;

/**
 * Print the start tag of an element whose name is a key. As in legacy Nova, a prefix is declared as its own namespace (`hw:cpu`
 * in extra specs). Characters that a name cannot contain become `_`, because parsers of that time refuse U+FFFD in a name too, and the document
 * counts as repaired.
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
