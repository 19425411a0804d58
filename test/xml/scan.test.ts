import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seedRequest } from '../support/seed.ts';
import { fateOf } from './agreement.ts';
import { suiteDocuments } from './w3c-suite.ts';

const compute = 'http://docs.openstack.org/compute/api/v1.1';
const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
const numbered = (count: number, write: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => write(n)).join('');

const plain: readonly (readonly [string, string | Buffer])[] = [
  ['the seed', seedRequest('70a599e0-31e7-49b7-b260-868f441e862b')],
  ['an empty element', '<a/>'],
  ['a declaration', `<?xml version="1.0"?><a/>`],
  ['a declaration of UTF-8, and space', `<?xml version='1.0' encoding='utf-8' standalone="yes" ?>\r\n<a />\n `],
  ['space before the root', ' \n\t<a></a >'],
  ['a name with all that ASCII has', '<a-B_9.z _="1"/>'],
  ['both quotes', `<a b="it's" c='"'/>`],
  ['space around an equals sign', '<a b\n=\t"1"/>'],
  ['a > in a text and in an attribute', '<a b=">">></a>'],
  ['references', '<a b="&lt;&#9;&#xA;&#x1F600;">&amp;lt;&quot;&apos;&gt;&#65;&#x000D;</a>'],
  ['a byte order mark by reference', '<a b="&#xFEFF;x">&#65279;y</a>'],
  ['prefixes', `<c:a xmlns:c="urn:c" xmlns="${compute}" c:b="1" b="2"><c:b c:x="" x=""/><d/></c:a>`],
  ['a prefix that is used before it is declared', `<c:a c:b="1" xmlns:c="http://h:8774/~x"/>`],
  ['text around children', '<a>1<b>2</b>3<c/>4</a>'],
  ['CRLF and CR', '<a\r\nb="1"\r>1\r\n2\r3</a>\r\n'],
  ['letters of all the world', '<a b="Çé€😀">\u0085\u2028日本語\u{10FFFD}\uFDD0</a>'],
  ['DEL', '<a>\u007F</a>'],
  ['elements that nest 64 deep', nested(64)],
  ['names that every object has', '<constructor __proto__="1"><__proto__>x</__proto__></constructor>'],
  ['a thousand texts', `<a>${'x<b/>'.repeat(1000)}</a>`],
  ['64 attributes', `<a ${numbered(64, (n) => ` a${n}=""`)}/>`],
  ['a megabyte of base64', `<a>${'QUJD'.repeat(262_144)}</a>`],
];

for (const [title, document] of plain) {
  test(`a plain document with ${title} is scanned to the tree that is parsed`, () =>
    assert.equal(fateOf(document), 'scanned'));
}

const unusual: readonly (readonly [string, string | Buffer])[] = [
  ['a byte order mark', '\uFEFF<a/>'],
  ['a byte order mark inside', '<a>\uFEFF</a>'],
  ['UTF-16', Buffer.from('\uFEFF<a/>', 'utf16le')],
  ['another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'],
  ['another version', '<?xml version="1.1"?><a/>'],
  ['a comment', '<a><!-- --></a>'],
  ['a comment behind the root', '<a/><!-- -->'],
  ['CDATA', '<a><![CDATA[x]]></a>'],
  ['an instruction', '<a><?p?></a>'],
  ['a line end in a value', '<a b="1\n2"/>'],
  ['a TAB in a value', '<a b="1\t2"/>'],
  ['a long reference', '<a>&#00000000065;</a>'],
  ['a name beyond ASCII', '<é/>'],
  ['an attribute with the prefix xml', '<a xml:lang="de"/>'],
  ['a namespace of a child', '<a><b xmlns="urn:x"/></a>'],
  ['an empty namespace', '<a xmlns=""/>'],
  ['one namespace twice', '<a xmlns="urn:x" xmlns:p="urn:x"/>'],
  ['a namespace that is a name', '<a xmlns="urn:x" xmlns:p="x"/>'],
  ['65 attributes', `<a ${numbered(65, (n) => ` a${n}=""`)}/>`],
  ['17 namespaces', `<a ${numbered(17, (n) => ` xmlns:a${n}="urn:${n}"`)}/>`],
  ['a name of 201 letters', `<${'a'.repeat(201)}/>`],
  ['nine million bytes', `<a>${'x'.repeat(9_000_000)}</a>`],
];

for (const [title, document] of unusual) {
  test(`an unusual document, with ${title}, is left to the strict parser, which reads it`, () =>
    assert.equal(fateOf(document), 'parsed'));
}

const wrong: readonly (readonly [string, string | Buffer])[] = [
  ['nothing', ''],
  ['space only', ' '],
  ['text only', 'a'],
  ['a declaration only', '<?xml version="1.0"?>'],
  ['space before the declaration', ' <?xml version="1.0"?><a/>'],
  ['a DOCTYPE', '<!DOCTYPE a><a/>'],
  ['two roots', '<a/><a/>'],
  ['text before the root', 'x<a/>'],
  ['text behind the root', '<a/>x'],
  ['an end alone', '</a>'],
  ['an end too many', '<a></a></a>'],
  ['an element that does not end', '<a><b></b>'],
  ['a tag that does not end', '<a b="1"'],
  ['a value that does not end', '<a b="1'],
  ['elements that cross', '<a><b></a></b>'],
  ['an end of which the start is a part', '<a></ab>'],
  ['an end that is a part of the start', '<ab></a>'],
  ['an end with another prefix', '<c:a xmlns:c="urn:c"></a>'],
  ['a slash that ends nothing', '<a / >'],
  ['space before a name', '< a/>'],
  ['an attribute twice', '<a b="1" b="2"/>'],
  ['an attribute twice with a prefix', '<a xmlns:c="urn:c" c:b="1" c:b="2"/>'],
  ['an attribute twice by its namespace', '<a xmlns:p="urn:u" xmlns:q="urn:u" p:b="1" q:b="2"/>'],
  ['a namespace twice', '<a xmlns="urn:u" xmlns="urn:v"/>'],
  ['a prefix twice', '<a xmlns:p="urn:u" xmlns:p="urn:v"/>'],
  ['attributes without space between', '<a b="1"c="2"/>'],
  ['an attribute without quotes', '<a b=1/>'],
  ['an attribute without a value', '<a b/>'],
  ['a < in a value', '<a b="<"/>'],
  ['a ]]> in a text', '<a>]]></a>'],
  ['an entity', '<a>&nbsp;</a>'],
  ['a bare ampersand', '<a b="&"/>'],
  ['a reference with a capital X', '<a>&#X41;</a>'],
  ['a reference without digits', '<a>&#;</a>'],
  ['a reference to NUL', '<a>&#0;</a>'],
  ['a reference to a control character', '<a>&#x1F;</a>'],
  ['a reference to a surrogate', '<a>&#xDFFF;</a>'],
  ['a reference to U+FFFF', '<a>&#65535;</a>'],
  ['a reference beyond Unicode', '<a>&#x110000;</a>'],
  ['a control character', '<a>\u001F</a>'],
  ['a control character in a megabyte', `<a>${'QUJD'.repeat(200_000)}\u0001${'QUJD'.repeat(60_000)}</a>`],
  ['U+FFFE', '<a>\uFFFE</a>'],
  ['U+FFFF', '<a b="\uFFFF"/>'],
  ['bytes that are no UTF-8', Buffer.from('<a>\xE9</a>', 'latin1')],
  ['an encoded surrogate', Buffer.from('<a>\xED\xA0\x80</a>', 'latin1')],
  ['a prefix that nobody declares', '<c:a/>'],
  ['an attribute whose prefix nobody declares', '<a OS-DCF:diskConfig="AUTO"/>'],
  ['a name that is a prefix only', '<a: xmlns:a="urn:a"/>'],
  ['a name that is no prefix', '<:a/>'],
  ['a name with two colons', '<a:b:c xmlns:a="urn:a"/>'],
  ['a digit behind a prefix', '<a:1 xmlns:a="urn:a"/>'],
  ['the namespace of xml', '<a xmlns="http://www.w3.org/XML/1998/namespace"/>'],
  ['the namespace of xmlns', '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>'],
  ['the prefix xmlns', '<a xmlns:xmlns="urn:x"/>'],
  ['the prefix xmlns on an element', '<xmlns:a/>'],
  ['a prefix bound to nothing', '<a xmlns:p=""/>'],
  ['elements that nest 65 deep', nested(65)],
];

for (const [title, document] of wrong) {
  test(`a document with ${title} is not scanned, and refused`, () => assert.equal(fateOf(document), 'refused'));
}

test('the plain documents of the W3C suite are scanned to the tree that is parsed, and no refused document is scanned', () => {
  const fates = Object.groupBy(suiteDocuments(), ({ bytes }) => fateOf(bytes));
  assert.deepEqual([fates.scanned?.length, fates.parsed?.length, fates.refused?.length], [30, 80, 2475]);
  assert.ok(fates.scanned?.every(({ type }) => type === 'valid' || type === 'invalid'));
});

test('the seed with any byte replaced, doubled or left out is scanned to the tree that is parsed, or not scanned', () => {
  const seed = Buffer.from(seedRequest('x').replace(/ICAg[^<]*/, 'eA=='));
  const bytes = [...Buffer.from('\0\t\n\r !"&\'/:;<=>?[]-a0\x7f'), 0x80, 0xc3, 0xff].map((byte) => Buffer.of(byte));
  for (const index of seed.keys()) {
    const [before, after] = [seed.subarray(0, index), seed.subarray(index + 1)];
    fateOf(Buffer.concat([before, after]));
    fateOf(before);
    for (const byte of bytes) fateOf(Buffer.concat([before, byte, after]));
    for (const piece of ['<', '>', '&', '"', ' ', '\n', '/', ':', '</', ']]>', 'xmlns="urn:x" ', 'xmlns:p="urn:x" '])
      fateOf(Buffer.concat([before, Buffer.from(piece), seed.subarray(index)]));
  }
});
