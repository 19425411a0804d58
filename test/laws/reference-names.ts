import { nameCharacters } from '../../src/schema/write/name-characters.ts';

/** The name of an element for a key, its own prefix, and whether the key had to be repaired. */
export interface ReferenceName {
  readonly prefix: string | undefined;
  readonly name: string;
  readonly repaired: boolean;
}

/** The characters of names; test/schema/write/print-name.test.ts compares them with names that expat takes and refuses. */
const start = new RegExp(`^[${nameCharacters.start}]$`, 'u');
const further = new RegExp(`^[${nameCharacters.further}]$`, 'u');

/**
 * Name the element for a key: the key itself, if it is a name. With one colon the part before it is prefix and namespace, so
 * that it must be a URI that XML does not reserve. Otherwise each character that a name cannot have becomes `_`, and `_` is
 * put before a character that cannot start a name.
 */
export function nameOf(key: string): ReferenceName {
  const parts = key.split(':');
  const [prefix = ''] = parts;
  if (parts.length <= 2 && parts.every(isName) && (parts.length === 1 || isPrefix(prefix))) {
    return { prefix: parts.length === 1 ? undefined : prefix, name: key, repaired: false };
  }
  const characters = Array.from(key, (character) => (isNameCharacter(character) ? character : '_'));
  const [first] = characters;
  const name = (first === undefined || !isStart(first) ? '_' : '') + characters.join('');
  return { prefix: undefined, name, repaired: true };
}

/** Check that a prefix is also a URI, and not reserved. */
function isPrefix(name: string): boolean {
  return /^[\w.-]+$/.test(name) && !name.toLowerCase().startsWith('xml');
}

function isName(text: string): boolean {
  const [first, ...others] = Array.from(text);
  return first !== undefined && isStart(first) && others.every(isNameCharacter);
}

function isStart(character: string): boolean {
  return start.test(character);
}

function isNameCharacter(character: string): boolean {
  return isStart(character) || further.test(character);
}
