import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printName } from '../../../src/schema/write/print-name.ts';
import { startWriting } from '../../../src/schema/write/python-text.ts';

for (const key of [
  'cpus',
  '_',
  'quota.disk-io_2',
  'Ünï',
  'café',
  '名前',
  'constructor',
  '__proto__',
  'xmlish',
  'a·b',
]) {
  test(`${key} is the name of an element unchanged`, () => {
    const writing = startWriting();
    assert.deepEqual(printName(key, writing), { start: `<${key}`, name: key });
    assert.equal(writing.repaired, false);
  });
}

for (const [key, prefix] of [
  ['hw:cpu_policy', 'hw'],
  ['quota:disk.read-iops', 'quota'],
  ['_:_', '_'],
  ['os-a.b:c1', 'os-a.b'],
  ['a:xml', 'a'],
  ['atom:é', 'atom'],
] as const) {
  test(`${key} has the prefix ${prefix}, whose namespace is the prefix itself`, () => {
    const writing = startWriting();
    assert.deepEqual(printName(key, writing), { start: `<${key} xmlns:${prefix}="${prefix}"`, name: key });
    assert.equal(writing.repaired, false);
    assert.equal(writing.prefixes.size, 0);
  });
}

/** Keys that are no names, and their replacements. */
const misnamed: Readonly<Record<string, string>> = {
  '': '_',
  ' ': '_',
  'a b': 'a_b',
  '1a': '_1a',
  '-a': '_-a',
  '.': '_.',
  'a:b:c': 'a_b_c',
  ':a': '_a',
  'a:': 'a_',
  ':': '_',
  'a:1': 'a_1',
  '1:a': '_1_a',
  'xml:lang': 'xml_lang',
  'xmlns:a': 'xmlns_a',
  'XMLa:b': 'XMLa_b',
  'é:a': 'é_a',
  '<a/>': '_a__',
  'a&"\'': 'a___',
  'a\0': 'a_',
  '\uD83D': '_',
  '\u0300a': '_\u0300a',
  ª: '_',
  '😀': '_',
  'a😀b': 'a_b',
  'a\u200Db': 'a_b',
  '\u200C': '_',
  'a\uFFFD': 'a_',
  '\u2C00': '_',
  ǿĲ: 'ǿ_',
  'a²': 'a_',
  'a①': 'a_',
  'a\uFEFF': 'a_',
};

for (const [key, name] of Object.entries(misnamed)) {
  test(`${JSON.stringify(key)} is no name, and becomes ${JSON.stringify(name)}`, () => {
    const writing = startWriting();
    assert.deepEqual(printName(key, writing), { start: `<${name}`, name });
    assert.equal(writing.repaired, true);
  });
}

test('a repair stays recorded', () => {
  const writing = startWriting();
  printName('a b', writing);
  printName('a', writing);
  assert.equal(writing.repaired, true);
});
