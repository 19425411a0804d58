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

/** Characters that XML 1.0 forbids: control characters, U+FFFE and U+FFFF, lone surrogates. */
const unwritable = ['\0', '\u0001', '\b', '\v', '\f', '\u001B', '\u001F', '\uFFFE', '\uFFFF', '\uD83D', '\uDE00'];

/** A character of XML 1.0, dangerous ones more often than by chance. */
const xmlCharacter: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('&', '<', '>', '"', "'", ']', ' ', '\t', '\n', '\r', ';', '#', '\u007F', '\u0085', '\uFFFD', '😀'),
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
  fc.integer({ min: 0x20, max: 0xd7ff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0xe000, max: 0xfffd }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x10000, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
);

/** A text of characters of XML 1.0. */
export const xmlText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...awkward),
  fc.string({ unit: xmlCharacter, maxLength: 12 }),
);

/** Any text that JSON can hold, with characters that XML forbids too. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  xmlText,
  fc.string({ unit: fc.oneof(xmlCharacter, fc.constantFrom(...unwritable)), maxLength: 12 }),
);

/** Names with a meaning to JavaScript, which fast-xml-parser refuses. */
const ominousNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'] as const;

/** Ranges of characters that may start a name of XML before its fifth edition, with the ASCII letters more often than by chance. */
const nameStart: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...Array.from('abcxyzABC_')), weight: 4 },
  {
    arbitrary: inRanges([
      [0xc0, 0xd6],
      [0xd8, 0xf6],
      [0xf8, 0x131],
      [0x3041, 0x3094],
      [0x4e00, 0x9fa5],
      [0xac00, 0xd7a3],
    ]),
    weight: 1,
  },
);
const nameCharacter = fc.oneof(
  { arbitrary: nameStart, weight: 3 },
  { arbitrary: fc.constantFrom(...Array.from('0189.-\u00B7\u0300\u0660')), weight: 1 },
);

/** A name without a colon and without a meaning to JavaScript. */
const localName: fc.Arbitrary<string> = fc
  .tuple(nameStart, fc.string({ unit: nameCharacter, maxLength: 6 }))
  .map((parts) => parts.join(''));

/** A prefix that is also a URI, and that XML does not reserve. */
const namePrefix = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,5}$/).filter((prefix) => !/^xml/i.test(prefix));

/** A name of XML, with a prefix or without. */
export const plainName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('hw:cpu_policy', 'a', 'quota:disk.read-iops', 'atom:link', 'x:y', 'xmlish'),
  localName,
  fc.tuple(namePrefix, localName).map((parts) => parts.join(':')),
);

/** A name of XML. */
export const xmlName: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: plainName, weight: 4 },
  { arbitrary: fc.constantFrom(...ominousNames), weight: 1 },
);

/** Keys that look like names but are none. */
const misnamed = [
  '1a',
  '-',
  '.a',
  'a b',
  'a:b:c',
  ':a',
  'a:',
  ':',
  'xml:lang',
  'xmlns:a',
  'XMLfoo:a',
  'a:1',
  '<a/>',
].concat(
  // Letters and digits of Unicode that XML does not allow in names.
  ['ª', 'aª', 'µ:a', 'a²', 'a①', 'a\u037E', '\u0300', 'a>', 'é:ü'],
);

/** Any key that JSON can hold, except `xmlns`: xmlbuilder2 refuses an element of that name, which XML only reserves. */
export const anyName: fc.Arbitrary<string> = fc
  .oneof(xmlName, anyText, fc.constantFrom(...misnamed))
  .filter((name) => name !== 'xmlns');

function inRanges(ranges: readonly (readonly [number, number])[]): fc.Arbitrary<string> {
  return fc.oneof(...ranges.map(([min, max]) => fc.integer({ min, max }).map((code) => String.fromCodePoint(code))));
}
