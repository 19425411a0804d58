import { characterOf } from './named-characters.ts';
import { replaceMatches, type PlacedText } from './placed-text.ts';

/** The most layers of escapes that are undone: JSON in JSON in a page has three. */
const mostLayers = 8;

/** A sign of an escape, or of UTF-8 that was read as Latin-1; nearly all texts have none. */
const sign = /[\\&%\xc2-\xf4]/;

/**
 * The escapes of the formats in which a cloud may quote a request: backslashes of JSON, Python, C and JavaScript, whatever
 * their number; references of HTML and XML, with any number of zeros before them; percent-encoding; and the bytes of UTF-8
 * that these leave behind.
 */
const escapes = new RegExp(
  [
    String.raw`\\+(?:u\{0*(?<braced>[0-9a-fA-F]{1,6})\}|(?:u(?<unit>[0-9a-fA-F]{4})|U(?<long>[0-9a-fA-F]{8})|x(?<byte>[0-9a-fA-F]{2})))`,
    String.raw`\\+(?<octal>[0-3]?[0-7]{1,2})`,
    String.raw`\\+(?<after>[^\\]?)`,
    String.raw`&#[xX]0*(?<hexadecimal>[0-9a-fA-F]{1,8});?`,
    String.raw`&#0*(?<decimal>\d{1,9});?`,
    String.raw`&(?<name>[a-zA-Z][a-zA-Z\d]{1,15});`,
    String.raw`%u(?<script>[0-9a-fA-F]{4})`,
    String.raw`%(?<percent>[0-9a-fA-F]{2})`,
    String.raw`(?<utf8>[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})`,
  ].join('|'),
  'g',
);

type Groups = Readonly<Record<string, string | undefined>>;

/** The letters after a backslash that stand for a control character. */
const controls: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Check for a text that has no escapes, as nearly all. */
export function isPlain(text: string): boolean {
  return !sign.test(text);
}

/** Undo the escapes of a text until it has none. Undefined for one that has too many layers of them. */
export function undoEscapes(given: PlacedText): PlacedText | undefined {
  let before = given;
  for (let layer = 0; layer < mostLayers; layer += 1) {
    if (isPlain(before.text)) return before;
    const after = undoOnce(before);
    if (after.text === before.text) return after;
    before = after;
  }
  return undefined;
}

function undoOnce(given: PlacedText): PlacedText {
  return replaceMatches(given, escapes, ({ 0: escape, groups = {} }) => meaningOf(groups) ?? escape);
}

/** Find the meaning of an escape; undefined for one that has none. */
function meaningOf(groups: Groups): string | undefined {
  const { braced, unit, long, byte, octal, after, hexadecimal, decimal, name, script, percent, utf8 } = groups;
  const digits = braced ?? unit ?? long ?? byte ?? hexadecimal ?? script ?? percent;
  if (digits !== undefined) return character(Number.parseInt(digits, 16));
  if (decimal !== undefined) return character(Number(decimal));
  if (octal !== undefined) return character(Number.parseInt(octal, 8));
  if (after !== undefined) return controls[after] ?? after;
  if (name !== undefined) return characterOf(name);
  return utf8 === undefined ? undefined : utf8Of(utf8);
}

function character(code: number): string | undefined {
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** The lowest character that needs as many bytes of UTF-8 as the index: what spells a lower one is no UTF-8. */
const lowestOf = [0, 0, 0x80, 0x800, 0x10000];

/** Decode the bytes of one character of UTF-8, each of which is a character of Latin-1 here (RFC 3629, 3). A buffer costs ten times as much. */
function utf8Of(bytes: string): string | undefined {
  const { length } = bytes;
  let code = bytes.charCodeAt(0) & (0xff >> (length + 1));
  for (let at = 1; at < length; at += 1) code = (code << 6) | (bytes.charCodeAt(at) & 0x3f);
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code < (lowestOf[length] ?? 0) || isSurrogate ? undefined : character(code);
}
