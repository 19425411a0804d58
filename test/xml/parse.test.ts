import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deepestNesting } from '../../src/xml/nesting.ts';
import { assertRefused, parse } from './refusal.ts';

const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);

test('names are split into local name and prefix, and attributes keep their order', () => {
  const root = parse('<c:a xmlns:c="u" xmlns="v" z="1" c:z="2" xml:lang="de"><b/></c:a>');
  assert.deepEqual(root, {
    name: 'a',
    prefix: 'c',
    attributes: [
      { name: 'z', prefix: '', value: '1' },
      { name: 'z', prefix: 'c', value: '2' },
      { name: 'lang', prefix: 'xml', value: 'de' },
    ],
    children: [{ name: 'b', prefix: '', attributes: [], children: [], text: '' }],
    text: '',
  });
});

test('names with a meaning to JavaScript, such as __proto__, are ordinary names', () => {
  const root = parse('<constructor __proto__="1"><__proto__>x</__proto__></constructor>');
  assert.deepEqual(
    [root.name, root.attributes[0]?.name, root.children[0]?.name, root.children[0]?.text],
    ['constructor', '__proto__', '__proto__', 'x'],
  );
});

const texts: readonly (readonly [string, string, string])[] = [
  ['white space around it', '<a> \n\tx \n</a>', ' \n\tx \n'],
  ['white space alone', '<a>  \n </a>', '  \n '],
  ['CRLF and CR', '<a>1\r\n2\r3\n4\r\r\n5</a>', '1\n2\n3\n4\n\n5'],
  ['CDATA', '<a>x<![CDATA[<b>&amp;]]]]><![CDATA[>]]>y</a>', 'x<b>&amp;]]>y'],
  ['empty CDATA', '<a><![CDATA[]]></a>', ''],
  ['comments', '<a><!-- 1 -->x<!-- <b/> -->y<!----></a>', 'xy'],
  ['processing instructions', '<a><?p 1?>x<?p?>y<?p <b/> ?></a>', 'xy'],
  ['instructions after children', '<a>1<b/>2<?p?>3<b/><?p?><b/>4</a>', '1234'],
  ['text around children, without theirs', '<a>x<b>no</b>y</a>', 'xy'],
  ['the entities of XML', '<a>&lt;&amp;&gt;&quot;&apos;</a>', '<&>"\''],
  ['an ampersand that is escaped twice', '<a>&amp;lt;&amp;#65;</a>', '&lt;&#65;'],
  ['character references', '<a>&#65;&#x41;&#x1F600;&#13;&#10;&#9;</a>', 'AA😀\r\n\t'],
  ['a byte order mark before a longer text', '<a>\uFEFFlonger than 16 bytes</a>', '\uFEFFlonger than 16 bytes'],
  ['a byte order mark inside', '<a>\uFEFFx\uFEFF</a>', '\uFEFFx\uFEFF'],
  ['a byte order mark after a child', '<a>x<b/>\uFEFFy</a>', 'x\uFEFFy'],
  ['a byte order mark by reference', '<a>&#xFEFF;x&#65279;y&#x0fEfF;</a>', '\uFEFFx\uFEFFy\uFEFF'],
  ['the reference spelled out in CDATA', '<a><![CDATA[&#xFEFF;]]>&#xFEFF;</a>', '&#xFEFF;\uFEFF'],
  ['references in what is no text', '<a><!--&#xFEFF;--><?p &#xFEFF;?>&#xFEFF;x</a>', '\uFEFFx'],
  ['characters that XML 1.1 forbids', '<a>\u007F\u0085\u2028</a>', '\u007F\u0085\u2028'],
];

for (const [title, document, text] of texts) {
  test(`text with ${title} is read verbatim`, () => assert.equal(parse(document).text, text));
}

const values: readonly (readonly [string, string, string])[] = [
  ['literal TAB, LF, CR and CRLF as a space each', '1\t2\n3\r4\r\n5', '1 2 3 4 5'],
  ['referenced TAB, LF and CR as they are', '1&#9;2&#10;3&#13;4&#xD;&#xA;', '1\t2\n3\r4\r\n'],
  ['spaces around it and within', '  a  b  ', '  a  b  '],
  ['an apostrophe and a >', "it's > 1", "it's > 1"],
  ['references', '&lt;&amp;&quot;&#x1F600;', '<&"😀'],
  ['a byte order mark before a longer value', '\uFEFFlonger than 16 bytes', '\uFEFFlonger than 16 bytes'],
  ['a byte order mark at its start', '\uFEFFx', '\uFEFFx'],
  ['nothing', '', ''],
];

for (const [title, spelled, value] of values) {
  test(`an attribute gives ${title}`, () => assert.equal(parse(`<a b="${spelled}"/>`).attributes[0]?.value, value));
}

const typed = '<!DOCTYPE a [<!ENTITY x "boom">]>';
const doctypes: readonly (readonly [string, string | Buffer])[] = [
  ['at the start', `${typed}<a/>`],
  ['after the declaration', `<?xml version="1.0"?>\n${typed}<a/>`],
  ['after a byte order mark', `\uFEFF${typed}<a/>`],
  ['after white space', `\r\n\t ${typed}<a/>`],
  ['after comments', `<!-- -->\n<!-- - -> <a> -->${typed}<a/>`],
  ['after a comment that begins like its end', `<!--> -->${typed}<a/>`],
  ['after instructions', `<?p <!-- ?><?q a="?" ??>${typed}<a/>`],
  ['after all of these', `<?xml version="1.0"?> <!-- <?p --> <?p --> ?>\n<!---->${typed}<a/>`],
  ['with an external part', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
  ['with nothing in it', '<!DOCTYPE a><a/>'],
  ['in UTF-16 without a mark', Buffer.from(`<!-- -->${typed}<a>&x;</a>`, 'utf16le')],
  ['in UTF-16, big end first, without a mark', Buffer.from(`${typed}<a>&x;</a>`, 'utf16le').swap16()],
  ['in UTF-16', Buffer.from(`\uFEFF<!-- -->${typed}<a/>`, 'utf16le')],
  ['in ISO-8859-1', '<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE a><a/>'],
];

for (const [title, document] of doctypes) {
  test(`a DOCTYPE ${title} is refused as a DOCTYPE`, () => assertRefused(document, /^a DOCTYPE is not allowed$/));
}

test('a DOCTYPE inside a comment, an instruction or a CDATA section is none', () => {
  for (const aside of [`<!-- ${typed} -->`, `<?p ${typed} ?>`]) assert.equal(parse(`${aside}<a/>`).name, 'a');
  assert.equal(parse(`<a><![CDATA[${typed}]]><!-- ${typed} --></a>`).text, typed);
});

const malformed: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['white space only', ' \n'],
  ['text only', 'rebuild'],
  ['JSON', '{"rebuild": {}}'],
  ['a declaration only', '<?xml version="1.0"?>'],
  ['a comment only', '<!-- -->'],
  ['an element that does not end', '<a>'],
  ['elements that cross', '<a><b></a></b>'],
  ['two roots', '<a/><b/>'],
  ['text after the root', '<a/>x'],
  ['text before the root', 'x<a/>'],
  ['a DOCTYPE after the root', '<a/><!DOCTYPE a>'],
  ['a doctype in lower case', '<!doctype a><a/>'],
  ['a declaration that is not first', '<!-- --><?xml version="1.0"?><a/>'],
  ['two declarations', '<?xml version="1.0"?><?xml version="1.0"?><a/>'],
  ['an attribute twice', '<a b="1" b="2"/>'],
  ['an attribute twice by its namespace', '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>'],
  ['an attribute without quotes', '<a b=1/>'],
  ['an attribute without a value', '<a b/>'],
  ['a < in an attribute', '<a b="<"/>'],
  ['a bare ampersand', '<a>AT&T</a>'],
  ['an ampersand like an entity', '<a>AT&T;</a>'],
  ['an entity of HTML', '<a>&nbsp;</a>'],
  ['a ]]> in text', '<a>]]></a>'],
  ['a control character', '<a>\u0001</a>'],
  ['NUL', '<a>\0</a>'],
  ['a control character by reference', '<a>&#1;</a>'],
  ['NUL by reference', '<a>&#0;</a>'],
  ['a surrogate by reference', '<a>&#xD800;</a>'],
  ['U+FFFE', '<a>\uFFFE</a>'],
  ['a character beyond Unicode', '<a>&#x110000;</a>'],
  ['a comment with --', '<!-- -- --><a/>'],
  ['CDATA outside the root', '<![CDATA[x]]><a/>'],
  ['an undeclared prefix of the root', '<c:a/>'],
  ['an undeclared prefix of a child', '<a><c:b/></a>'],
  ['an undeclared prefix of an attribute', '<a OS-DCF:diskConfig="AUTO"/>'],
  ['a prefix that ends with the element that declares it', '<a><b xmlns:c="u"/><c:d/></a>'],
  ['a prefix bound to nothing', '<a xmlns:c=""/>'],
  ['the prefix xmlns declared', '<a xmlns:xmlns="u"/>'],
  ['a name with two colons', '<a:b:c xmlns:a="u"/>'],
  ['an instruction named xml', '<a><?XML x?></a>'],
  ['a reference with a capital X', '<a>&#XFEFF;</a>'],
];

for (const [title, document] of malformed) {
  test(`a document with ${title} is refused`, () => assertRefused(document));
}

const positions: readonly (readonly [string, RegExp])[] = [
  ['<a>\n  <b>\n</a>', /^line 3, column \d+: Opening and ending tag mismatch/],
  ['<a b="1" b="2"/>', /^line 1, column 1\d: Attribute b redefined/],
  ['<a>\r\n\r\n&x;</a>', /^line 3, column \d+: Entity 'x' not defined/],
  ['<a><c:b/></a>', /^line 1, column \d+: Namespace prefix c on b is not defined/],
  ['<a>', /^line 1, column 4: /],
];

for (const [document, place] of positions) {
  test(`the error in ${JSON.stringify(document)} is reported with its line and column`, () => {
    assertRefused(document, place);
  });
}

test('a refusal is one line and quotes no bytes', () => {
  assertRefused(Buffer.from('<a>\n\xE9secret</a>', 'latin1'), /^line 2, column \d+: [^\n]*$/);
  assertRefused(Buffer.from('<a>\n\xE9secret</a>', 'latin1'), /^(?!.*0x)(?!.*secret)/);
});

test(`elements may nest ${deepestNesting} deep, but not deeper`, () => {
  assert.equal(deepestNesting, 64);
  assert.equal(parse(nested(64)).name, 'a');
  assertRefused(nested(65), /^elements nest deeper than 64$/);
});

test('elements that nest a hundred thousand deep are refused without ending the process', () => {
  assertRefused(nested(100_000));
  assertRefused('<a>'.repeat(100_000));
  assert.equal(parse('<a/>').name, 'a');
});

test('ten thousand siblings are read in order', () => {
  const { children } = parse(`<a>${Array.from({ length: 10_000 }, (_, index) => `<b>${index}</b>`).join('')}</a>`);
  assert.equal(children.length, 10_000);
  assert.equal(children.at(-1)?.text, '9999');
});

test('a reference to a private character is that character, beside U+FEFF too', () => {
  for (const reference of ['&#57344;', '&#xE000;', '&#x0e000;']) {
    const document = `<a b="\uFEFF${reference}">${reference}\uFEFF</a>`;
    const { attributes, text } = parse(document);
    assert.equal(attributes[0]?.value, '\uFEFF\uE000');
    assert.equal(text, '\uE000\uFEFF');
  }
});

// Holds saved-tree.ts: a private character in the place of U+FEFF, while a document was parsed, once was U+FFFD if all were taken.
test('U+FFFD is U+FFFD in a document that has U+FEFF and every private character', () => {
  const taken = Array.from({ length: 0x1900 }, (_, index) => String.fromCharCode(0xe000 + index)).join('');
  const text = `\uFEFF${taken}\uFFFD&#xFFFD;`;
  const read = parse(`<a b="\uFFFD">${text}</a>`);
  assert.equal(read.text, `\uFEFF${taken}\uFFFD\uFFFD`);
  assert.equal(read.attributes[0]?.value, '\uFFFD');
});

test('ten thousand processing instructions are skipped', () => {
  assert.equal(parse(`<a>x${'<?p?>'.repeat(10_000)}y<b/></a>`).text, 'xy');
});

const harmless: readonly (readonly [string, string])[] = [
  ['braces in a namespace name', '<a xmlns:x="{urn}x" b="1"/>'],
  ['braces in the default namespace name', '<a xmlns="{urn}x" b="1"/>'],
  ['a space in a namespace name', '<a xmlns:x="u v" b="1"/>'],
  ['a broken escape in a namespace name', '<a xmlns:x="%zz" b="1"/>'],
  ['letters beyond ASCII in a namespace name', '<a xmlns:x="é" b="1"/>'],
  ['a quoted line in a namespace name', `<a xmlns:x="' is&#10;not a valid URI" b="1"/>`],
  ['a relative namespace name', '<a xmlns:x="v1.1" b="1"/>'],
  ['an xml:id that is no name', '<a xml:id="1 2" b="1"/>'],
  ['an empty xml:id', '<a xml:id="" b="1"/>'],
  ['an xml:id with a line end', '<a xml:id="a&#10;b" b="1"/>'],
  ['an unknown xml:space', '<a xml:space="x" b="1"/>'],
  ['an xml:lang that is no language', '<a xml:lang="1$" b="1"/>'],
  ['an xml:base that is no URI', '<a xml:base="::" b="1"/>'],
  ['all of these', '<a xmlns="{}" xmlns:x="{urn}x" xml:id="1 2" xml:space="x" b="1"/>'],
];

for (const [title, document] of harmless) {
  test(`a document with ${title} is read, as by expat`, () => {
    const { attributes } = parse(document);
    assert.deepEqual(
      attributes.find(({ name }) => name === 'b'),
      { name: 'b', prefix: '', value: '1' },
    );
  });
}

test('an xml:id that occurs twice is read', () => {
  assert.equal(parse('<a xml:id="x"><b xml:id="x"/></a>').children.length, 1);
});

const alsoMalformed: readonly (readonly [string, string])[] = [
  ['an undeclared prefix', '<a xml:id="1 2"><c:b/></a>'],
  ['an undeclared prefix before', '<c:a xmlns:x="{urn}x"/>'],
  ['an end tag of another name', '<a xmlns:x="{urn}x"><b></a>'],
  ['an attribute twice by its namespace', '<a xmlns:p="{u}" xmlns:q="{u}" p:b="1" q:b="2"/>'],
  ['a prefix bound to nothing', '<a xml:id="1 2" xmlns:c=""/>'],
];

for (const [title, document] of alsoMalformed) {
  test(`a document with a harmless oddity and ${title} is refused`, () => assertRefused(document));
}

test('a document with more oddities than the parser reports is refused, because others may hide behind them', () => {
  const oddity = '<b xml:id="1 2"/>';
  assert.equal(parse(`<a>${oddity.repeat(49)}</a>`).children.length, 49);
  assertRefused(`<a>${oddity.repeat(200)}<c:b/></a>`);
});
