import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64Bytes } from '../../examples/embedded-cloud/python/base64.ts';
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
