/** The name of an element for a key, its own prefix, and whether the key had to be repaired. */
export interface ReferenceName {
  readonly prefix: string | undefined;
  readonly name: string;
  readonly repaired: boolean;
}

/** NameStartChar of XML 1.0 without the colon and the byte order mark, as ranges of code points. */
const startRanges = [
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfefe],
  [0xff00, 0xfffd],
  [0x10000, 0xeffff],
] as const;

/** The further characters of NameChar. */
const furtherRanges = [
  [0x2d, 0x2e],
  [0x30, 0x39],
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
] as const;

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
  return isWithin(startRanges, character);
}

function isNameCharacter(character: string): boolean {
  return isStart(character) || isWithin(furtherRanges, character);
}

function isWithin(ranges: readonly (readonly [number, number])[], character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return ranges.some(([first, last]) => code >= first && code <= last);
}
