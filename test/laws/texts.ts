import * as fc from 'fast-check';

/** Texts that have broken writers and readers before. */
const awkward = [
  '',
  ' ',
  'None',
  'True',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  '😀',
  '"\'',
  '&',
  'AT&T;',
  '&lt;b&gt;',
  '&#13;',
  '<![CDATA[',
  ']]>',
  '-->',
  '?>',
  '\n',
  '\r\n',
  '\t a \t',
  '#text',
  '@attr',
  '$&',
  'xmlns',
  '007',
  '\u0085\u2028',
  '\uFEFF',
  '\u{10FFFF}',
] as const;

/** What XML 1.0 cannot hold: control characters, the two that are no characters, halves of a surrogate pair. */
const unwritable = ['\0', '\u0001', '\b', '\v', '\f', '\u001B', '\u001F', '\uFFFE', '\uFFFF', '\uD83D', '\uDE00'];

/** A character that XML 1.0 can hold, the dangerous ones more often than chance has them. */
const xmlCharacter: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('&', '<', '>', '"', "'", ']', ' ', '\t', '\n', '\r', ';', '#', '\u007F', '\u0085', '\uFFFD', '😀'),
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
  fc.integer({ min: 0x20, max: 0xd7ff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0xe000, max: 0xfffd }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x10000, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
);

/** A text that XML 1.0 can hold. */
export const xmlText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...awkward),
  fc.string({ unit: xmlCharacter, maxLength: 12 }),
);

/** Any text at all, as JSON can hold it: what XML cannot hold included. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  xmlText,
  fc.string({ unit: fc.oneof(xmlCharacter, fc.constantFrom(...unwritable)), maxLength: 12 }),
);
