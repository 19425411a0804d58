import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeAttribute, escapeText, isWritable, makeWritable } from '../../src/xml/escape.ts';

test('text escapes & < > and CR, and leaves quotes, LF and TAB', () => {
  assert.equal(escapeText('&<>\r"\'\n\t'), '&amp;&lt;&gt;&#13;"\'\n\t');
});

test('attributes escape quotes, TAB, LF and CR too, and leave the apostrophe', () => {
  assert.equal(escapeAttribute('&<>\r"\'\n\t'), "&amp;&lt;&gt;&#13;&quot;'&#10;&#9;");
});

test('an ampersand that looks like an entity is escaped like any other', () => {
  assert.equal(escapeText('AT&T; &lt;b&gt; &#65;'), 'AT&amp;T; &amp;lt;b&amp;gt; &amp;#65;');
  assert.equal(escapeAttribute('&amp;'), '&amp;amp;');
});

test('replacement patterns of JavaScript, such as $&, have no effect', () => {
  assert.equal(escapeText('$& $1 $$ <'), '$&amp; $1 $$ &lt;');
});

for (const text of [
  '',
  'x',
  '\t\n\r',
  '\u0020',
  '\uD7FF',
  '\uE000',
  '\uFFFD',
  '\u{10000}',
  '\u{10FFFF}',
  '😀',
  '\u007F\u0085',
]) {
  test(`XML can hold ${JSON.stringify(text)}`, () => {
    assert.equal(isWritable(text), true);
    assert.equal(makeWritable(text), text);
  });
}

const unwritable: readonly (readonly [string, string])[] = [
  ['\0', '\uFFFD'],
  ['a\u0001b', 'a\uFFFDb'],
  ['\b\v\f', '\uFFFD\uFFFD\uFFFD'],
  ['\u001F', '\uFFFD'],
  ['\uFFFE\uFFFF', '\uFFFD\uFFFD'],
  ['\uD83D', '\uFFFD'],
  ['x\uDE00y', 'x\uFFFDy'],
  ['\uDE00\uD83D', '\uFFFD\uFFFD'],
  ['\uD83D😀', '\uFFFD😀'],
];

for (const [text, repaired] of unwritable) {
  test(`XML cannot hold ${JSON.stringify(text)}, which is replaced`, () => {
    assert.equal(isWritable(text), false);
    assert.equal(makeWritable(text), repaired);
    assert.equal(isWritable(repaired), true);
  });
}

test('a check does not depend on the text that was checked before', () => {
  assert.deepEqual(['aaaa\0', '\0', 'ok', '\0aaaa', 'ok'].map(isWritable), [false, false, true, false, true]);
});
