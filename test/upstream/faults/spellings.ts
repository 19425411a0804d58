import { asciiJson, escapeHtml, htmlSafeJson, pythonRepr } from '../../process/quoting.ts';

/** The function that quotes a text in some notation. */
type Spell = (text: string) => string;

const hex = (code: number, length: number): string => code.toString(16).padStart(length, '0');
const eachUnit = (text: string, write: (unit: number) => string): string =>
  text.replace(/[^]/g, (unit) => write(unit.charCodeAt(0)));
const eachPoint = (text: string, write: (code: number) => string): string =>
  Array.from(text, (character) => write(character.codePointAt(0) ?? 0)).join('');
const eachByte = (text: string, write: (byte: number) => string): string =>
  Array.from(Buffer.from(text), (byte) => write(byte)).join('');
const inner = (quoted: string): string => quoted.slice(1, -1);
const isPlain = (code: number): boolean => code > 0x1f && code < 0x7f;

/** Python's ascii(): its repr in ASCII. */
const pythonAscii: Spell = (text) =>
  eachPoint(pythonRepr(text), (code) => {
    if (code < 0x80) return String.fromCodePoint(code);
    if (code < 0x100) return `\\x${hex(code, 2)}`;
    return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
  });
/** Python's repr of the bytes of a text. */
const pythonBytes: Spell = (text) =>
  `b'${eachByte(text, (byte) => {
    if (byte === 0x27 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
    return isPlain(byte) ? String.fromCharCode(byte) : `\\x${hex(byte, 2)}`;
  })}'`;

/** The notations whose escapes are undone: they may be applied to each other in any order. */
export const escaped: Readonly<Record<string, Spell>> = {
  'as it is': (text) => text,
  JSON: (text) => JSON.stringify(text),
  'JSON of ASCII': asciiJson,
  'JSON that is safe in HTML': htmlSafeJson,
  'JSON with escaped slashes': (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  'JSON of escapes only': (text) => `"${eachUnit(text, (unit) => `\\u${hex(unit, 4)}`)}"`,
  'JSON in upper case': (text) =>
    JSON.stringify(text).replace(/[^\x20-\x7e]|[<>&]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4).toUpperCase()}`),
  "Python's repr": (text) => pythonRepr(text),
  "Python 2's repr": (text) => `u${pythonAscii(text)}`,
  "Python's ascii()": pythonAscii,
  "Python's bytes": pythonBytes,
  'a list in Python': (text) => pythonRepr({ server: [{ adminPass: text }] }),
  'a shell': (text) => `'${text.replaceAll("'", "'\\''")}'`,
  'C with octal escapes': (text) =>
    `"${eachByte(text, (byte) => (isPlain(byte) && byte !== 0x22 && byte !== 0x5c ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`))}"`,
  'JavaScript with bytes': (text) =>
    eachUnit(text, (unit) => (unit < 0x100 ? `\\x${hex(unit, 2)}` : `\\u${hex(unit, 4)}`)),
  'JavaScript with braces': (text) =>
    eachPoint(text, (code) => (isPlain(code) && code !== 0x5c ? String.fromCodePoint(code) : `\\u{${hex(code, 1)}}`)),
  HTML: escapeHtml,
  'HTML with names': (text) =>
    escapeHtml(text)
      .replaceAll('&#x27;', '&apos;')
      .replaceAll('\u00e4', '&auml;')
      .replaceAll('\u20ac', '&euro;')
      .replaceAll('\u00a0', '&nbsp;'),
  'HTML with decimal references': (text) => eachPoint(text, (code) => `&#${code};`),
  'HTML with leading zeros': (text) => eachPoint(text, (code) => `&#${String(code).padStart(12, '0')};`),
  'XML with leading zeros': (text) => eachPoint(text, (code) => `&#x${hex(code, 10)};`),
  'XML with hexadecimal references': (text) => eachPoint(text, (code) => `&#x${hex(code, 1)};`),
  // The end stays where another digit follows: it would count for the reference.
  'references without an end': (text) =>
    eachPoint(text, (code) =>
      isPlain(code) && code !== 0x26 ? String.fromCodePoint(code) : `&#x${hex(code, 4)};\uf8ff`,
    )
      .replace(/;\uf8ff(?![0-9a-fA-F])/g, '')
      .replaceAll('\uf8ff', ''),
  'a URL': (text) => encodeURIComponent(text.toWellFormed()),
  'a URL in lower case': (text) =>
    encodeURIComponent(text.toWellFormed()).replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
  'a form': (text) => new URLSearchParams({ p: text }).toString(),
  'a URL of escapes only': (text) => eachByte(text, (byte) => `%${hex(byte, 2)}`),
  "JavaScript's escape()": (text) =>
    eachUnit(text, (unit) => (unit < 0x100 ? `%${hex(unit, 2)}` : `%u${hex(unit, 4)}`)),
};

/** The notations that are the last before a message quotes them. */
export const last: Readonly<Record<string, Spell>> = {
  'upper case': (text) => text.toUpperCase(),
  'UTF-8 that was read as Latin-1': (text) => Buffer.from(text).toString('latin1'),
  'ASCII with question marks': (text) => text.replace(/[^\x20-\x7e]/g, '?'),
  'ASCII only': (text) => text.replace(/[^\x20-\x7e]/g, ''),
  SQL: (text) => `'${text.replaceAll("'", "''")}'`,
  CSV: (text) => `"${text.replaceAll('"', '""')}"`,
  'one line': (text) => text.replace(/\s+/g, ' '),
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 for URLs': (text) => Buffer.from(text).toString('base64url'),
  'base64 in lines': (text) => Buffer.from(text).toString('base64').replace(/.{8}/g, '$&\n'),
  'base64 of JSON': (text) =>
    Buffer.from(`{"server":{"adminPass":"${inner(JSON.stringify(text))}"}}`).toString('base64'),
  'basic credentials': (text) => Buffer.from(`user:${text}`).toString('base64'),
  hexadecimal: (text) => Buffer.from(text).toString('hex'),
  'bytes in hexadecimal': (text) => eachByte(text, (byte) => `${hex(byte, 2)} `),
};
