import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64Bytes } from '../../examples/embedded-cloud/python/base64.ts';
import { asciiJson, pythonJson } from '../../examples/embedded-cloud/python/json.ts';
import { pretty } from '../../examples/embedded-cloud/python/pretty.ts';
import { repr, str } from '../../examples/embedded-cloud/python/repr.ts';

for (const { value, printed } of [
  { value: null, printed: 'None' },
  { value: true, printed: 'True' },
  { value: 1.5, printed: '1.5' },
  { value: 'plain', printed: "'plain'" },
  { value: "it's", printed: '"it\'s"' },
  { value: `it's "it"`, printed: `'it\\'s "it"'` },
  { value: 'a\\b\n\t\u0001\u2028é😀', printed: "'a\\\\b\\n\\t\\x01\\u2028é😀'" },
  { value: [1, { a: false }], printed: "[1, {'a': False}]" },
]) {
  test(`${JSON.stringify(value)} is printed as in Python`, () => {
    assert.equal(repr(value), printed);
  });
}

test('str() prints a string without quotes', () => {
  assert.equal(str("it's"), "it's");
  assert.equal(str(['a']), "['a']");
});

for (const { value, lines } of [
  { value: { b: 1, a: [true, null, 'x'] }, lines: ["{'a': [True, None, 'x'], 'b': 1}"] },
  {
    value: [{ c: 'd'.repeat(40), a: [1, 2, 3] }, 'b'.repeat(30)],
    lines: [`[{'a': [1, 2, 3], 'c': '${'d'.repeat(40)}'},`, ` '${'b'.repeat(30)}']`],
  },
  { value: [['a'.repeat(34), 'b'.repeat(28)]], lines: [`[['${'a'.repeat(34)}', '${'b'.repeat(28)}']]`] },
  { value: [['a'.repeat(34), 'b'.repeat(29)]], lines: [`[['${'a'.repeat(34)}',`, `  '${'b'.repeat(29)}']]`] },
  {
    value: { name: 'x', wide: { items: ['a'.repeat(30), 'b'.repeat(30)] } },
    lines: ["{'name': 'x',", ` 'wide': {'items': ['${'a'.repeat(30)}',`, `${' '.repeat(20)}'${'b'.repeat(30)}']}}`],
  },
]) {
  test(`${JSON.stringify(value)} is printed in ${lines.length} lines by pprint`, () => {
    assert.equal(pretty(value), lines.join('\n'));
  });
}

test('JSON is ASCII with spaces as of json.dumps(), or without them as of jsonify()', () => {
  const value = { a: [1, 'é\u2028"\\😀\n\u007f'], b: {}, c: [] };
  const text = '"\\u00e9\\u2028\\"\\\\\\ud83d\\ude00\\n\\u007f"';
  assert.equal(pythonJson(value), `{"a": [1, ${text}], "b": {}, "c": []}`);
  assert.equal(asciiJson(value), `{"a":[1,${text}],"b":{},"c":[]}`);
});

for (const { text, bytes } of [
  { text: '', bytes: 0 },
  { text: 'eA==', bytes: 1 },
  { text: 'eHg=', bytes: 2 },
  { text: 'eHh4', bytes: 3 },
  { text: ' e A\n=\r\n= ', bytes: 1 },
  { text: '!!', bytes: 0 },
  { text: 'eA==eA==', bytes: 1 },
  { text: 'eA', bytes: undefined },
  { text: 'e', bytes: undefined },
  { text: 'eA=', bytes: undefined },
]) {
  test(`${JSON.stringify(text)} is ${bytes === undefined ? 'not base64' : `base64 of ${bytes} bytes`}`, () => {
    assert.equal(base64Bytes(text), bytes);
  });
}
