import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toUtf8 } from '../../src/xml/encoding.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { assertRefused } from './refusal.ts';

const word = 'Çé€😀';
const plain = `<a>${word}</a>`;
const declare = (encoding: string, version = '1.0'): string => `<?xml version="${version}" encoding="${encoding}"?>`;
const littleEndian = (text: string): Buffer => Buffer.from(text, 'utf16le');
const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const readable: readonly (readonly [string, Buffer, string])[] = [
  ['UTF-8 that declares nothing', Buffer.from(plain), word],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${plain}`), word],
  ['UTF-8 with a byte order mark that declares it', Buffer.from(`\uFEFF${declare('utf-8')}${plain}`), word],
  ['UTF-8 that declares it in any case', Buffer.from(`${declare('Utf-8')}${plain}`), word],
  ['UTF-8 that declares version 1.1', Buffer.from(`${declare('UTF-8', '1.1')}${plain}`), word],
  ['UTF-16, little end first, with a mark', littleEndian(`\uFEFF${plain}`), word],
  ['UTF-16, big end first, with a mark', bigEndian(`\uFEFF${plain}`), word],
  ['UTF-16, little end first, declared UTF-16', littleEndian(`\uFEFF${declare('UTF-16')}${plain}`), word],
  ['UTF-16, big end first, declared utf-16', bigEndian(`\uFEFF${declare('utf-16')}${plain}`), word],
  ['UTF-16LE, declared, without a mark', littleEndian(`${declare('UTF-16LE')}${plain}`), word],
  ['UTF-16BE, declared, without a mark', bigEndian(`${declare('UTF-16BE')}${plain}`), word],
  ['UTF-16, little end first, declared UTF-16, without a mark', littleEndian(`${declare('UTF-16')}${plain}`), word],
  ['UTF-16, big end first, declared UTF-16, without a mark', bigEndian(`${declare('UTF-16')}${plain}`), word],
  ['UTF-16, little end first, undeclared, without a mark', littleEndian(plain), word],
  ['UTF-16, big end first, undeclared, without a mark, behind white space', bigEndian(`\n${plain}`), word],
  ['ISO-8859-1, declared', latin1(`${declare('ISO-8859-1')}<a>Çé\u0080ÿ</a>`), 'Çé\u0080ÿ'],
  [
    'ISO-8859-1, declared in lower case and single quotes',
    latin1(`<?xml version='1.0' encoding = 'iso-8859-1'?><a>é</a>`),
    'é',
  ],
  ['US-ASCII, declared', latin1(`${declare('US-ASCII')}<a>&#233;</a>`), 'é'],
];

for (const [title, bytes, text] of readable) {
  test(`${title} is read`, () => assert.equal(parseXml(bytes).text, text));
}

// Legacy Nova read pure ASCII with the declaration of any single-byte encoding.
for (const encoding of ['windows-1252', 'CP1252', 'ISO-8859-15', 'latin2', 'KOI8-R']) {
  test(`${encoding} is read if its bytes are ASCII, and refused otherwise`, () => {
    assert.equal(parseXml(latin1(`${declare(encoding)}<a>x&#233;</a>`)).text, 'xé');
    assertRefused(latin1(`${declare(encoding)}<a>\xE9</a>`), /^the bytes are not all ASCII$/);
  });
}

for (const [alias, bytes] of [
  ['utf8', Buffer.from('é')],
  ['UTF8', Buffer.from('é')],
  ['latin1', latin1('é')],
  ['ASCII', Buffer.from('&#233;')],
] as const) {
  test(`${alias} is another name of an encoding`, () => {
    assert.equal(parseXml(Buffer.concat([Buffer.from(`${declare(alias)}<a>`), bytes, Buffer.from('</a>')])).text, 'é');
  });
}

const refused: readonly (readonly [string, string | Buffer, RegExp])[] = [
  ['an unknown encoding', `${declare('x-klingon')}<a/>`, /^the declared encoding is unknown$/],
  ['an empty encoding', `${declare('')}<a/>`, /^the declared encoding is unknown$/],
  ['an encoding named as what every object has', `${declare('constructor')}<a/>`, /^the declared encoding is unknown$/],
  ['an encoding named __proto__', `${declare('__proto__')}<a/>`, /^the declared encoding is unknown$/],
  ['UTF-7, in which markup hides', `${declare('UTF-7')}<a>+ADw-b+AD4-</a>`, /unknown/],
  [
    'UTF-32 with a mark',
    Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0, 0x61, 0, 0, 0, 0x2f, 0, 0, 0, 0x3e, 0, 0, 0]),
    /./,
  ],
  ['EBCDIC', Buffer.from([0x4c, 0x6f, 0xa7, 0x94, 0x93, 0x40]), /./],
  ['UTF-8 that declares UTF-16', `${declare('UTF-16')}<a/>`, /declares utf-16, but is not in that encoding/],
  ['UTF-8 that declares UTF-16LE', `${declare('UTF-16LE')}<a/>`, /declares utf-16le, but is not in that encoding/],
  ['a UTF-8 mark before ISO-8859-1', `\uFEFF${declare('ISO-8859-1')}<a/>`, /declares iso-8859-1, but is in utf-8/],
  ['UTF-16 that declares UTF-8', littleEndian(`\uFEFF${declare('UTF-8')}<a/>`), /declares utf-8, but is in utf-16le/],
  ['UTF-16 that declares ISO-8859-1', bigEndian(`\uFEFF${declare('ISO-8859-1')}<a/>`), /but is in utf-16be/],
  [
    'UTF-16LE that declares UTF-16BE',
    littleEndian(`\uFEFF${declare('UTF-16BE')}<a/>`),
    /declares utf-16be, but is in utf-16le/,
  ],
  ['UTF-16 without a mark that declares UTF-8', littleEndian(`${declare('UTF-8')}<a/>`), /but is in utf-16le/],
  [
    'UTF-16 with half a character at the end',
    Buffer.concat([littleEndian('\uFEFF<a/>'), Buffer.from([0x20])]),
    /not valid utf-16le/,
  ],
  ['UTF-16 with half a surrogate pair', littleEndian('\uFEFF<a>\uD83D</a>'), /not valid utf-16le/],
  ['US-ASCII with a high byte', latin1(`${declare('US-ASCII')}<a>é</a>`), /^the bytes are not all ASCII$/],
  ['UTF-8 with a broken byte', latin1('<a>\xE9</a>'), /line 1, column/],
  ['UTF-8 with a longer spelling than needed', latin1('<a>\xC0\xBCb/></a>'), /line 1, column/],
  ['UTF-8 with an encoded surrogate', latin1('<a>\xED\xA0\x80</a>'), /line 1, column/],
  ['two byte order marks', '\uFEFF\uFEFF<a/>', /./],
  ['a mark and nothing else', '\uFEFF', /./],
];

for (const [title, document, reason] of refused) {
  test(`${title} is refused`, () => assertRefused(document, reason));
}

test('UTF-8 is not copied', () => {
  const bytes = Buffer.from(plain);
  assert.equal(toUtf8(bytes).buffer, bytes.buffer);
});

test('an encoding in an attribute or another instruction does not count', () => {
  assert.equal(parseXml(Buffer.from('<?xml version="1.0"?><a encoding="utf-16">é</a>')).text, 'é');
  assert.equal(parseXml(Buffer.from('<?xml-style encoding="utf-16"?><a>é</a>')).text, 'é');
  assert.equal(parseXml(Buffer.from('<!-- <?xml version="1.0" encoding="utf-16"?> --><a>é</a>')).text, 'é');
});

test('a declared encoding counts at any place of the declaration', () => {
  const bytes = latin1(`<?xml version="1.0"${' '.repeat(300)}encoding="ISO-8859-1"?><a>\xC3\xA9</a>`);
  assert.equal(parseXml(bytes).text, 'Ã©');
});

test('white space may stand before a document, but not before a declaration', () => {
  assert.equal(parseXml(Buffer.from('\n <a/>')).name, 'a');
  assertRefused(`\n${declare('UTF-8')}<a/>`);
});

/** The four bytes of each character in UTF-32, in every order that libxml2 recognizes by the first four bytes. */
const orders: Readonly<Record<string, readonly [number, number, number, number]>> = {
  '1234 (big end first)': [0, 1, 2, 3],
  '4321 (little end first)': [3, 2, 1, 0],
  '2143': [1, 0, 3, 2],
  '3412': [2, 3, 0, 1],
};

function utf32(text: string, order: readonly number[]): Buffer {
  const bytes = Array.from(text).flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    const big = [0, code >> 16, (code >> 8) & 0xff, code & 0xff];
    return order.map((place) => big[place] ?? 0);
  });
  return Buffer.from(bytes);
}

// Holds encoding.ts: libxml2 reads these documents whatever encoding it gets, and their entities would reach the cloud. expat refused them.
for (const [order, places] of Object.entries(orders)) {
  for (const [what, document] of Object.entries({
    plain: '<a/>',
    marked: '\uFEFF<a/>',
    'behind white space': ' <a/>',
    declared: `${declare('UTF-32')}<a/>`,
    'with an entity': '<!DOCTYPE a [<!ENTITY x "boom">]><a b="&x;"/>',
    'marked, with an entity': '\uFEFF<!DOCTYPE a [<!ENTITY x "boom">]><a b="&x;"/>',
  })) {
    test(`UTF-32 in the order ${order}, ${what}, is refused`, () => assertRefused(utf32(document, places)));
  }
}

test('a DOCTYPE in EBCDIC is refused', () => {
  // `<?xml version="1.0" encoding="IBM037"?><!DOCTYPE a [<!ENTITY x "boom">]><a>&x;</a>` in IBM037.
  const ebcdic =
    '4c6fa79493a58599a28996957e7ff14bf07f4085958396848995877e7fc9c2d4f0f3f77f6f6e4c5ac4d6c3e3e8d7c5408140ba4c5ac5d5e3c9e3e840a7407f82969694' +
    '7f6ebb6e4c816e50a75e4c61816e';
  assertRefused(Buffer.from(ebcdic, 'hex'), /^it does not begin with '<'$/);
});

// Whatever the first four bytes are, a DOCTYPE behind them is never read.
test('no beginning of a document hides a DOCTYPE from the check', () => {
  const beginnings = [
    '',
    '\uFEFF',
    ' ',
    '+ADw-',
    declare('UTF-8'),
    declare('UTF-7'),
    declare('UTF-32'),
    declare('ISO-10646-UCS-4'),
  ];
  const document = '<!DOCTYPE a [<!ENTITY x "boom">]><a>&x;</a>';
  for (const beginning of beginnings) {
    const text = beginning + document;
    const encoded = [Buffer.from(text), latin1(text), littleEndian(text), bigEndian(text)];
    for (const places of Object.values(orders)) encoded.push(utf32(text, places));
    for (const bytes of encoded) for (let cut = 0; cut < 4; cut += 1) assertRefused(bytes.subarray(cut));
  }
});
