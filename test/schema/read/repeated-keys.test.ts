import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { repeatedKeys } from '../../../src/schema/read/repeated-keys.ts';
import { holds } from '../../laws/law.ts';

/** JSON texts and the paths of the keys that they repeat. */
const table: readonly (readonly [string, readonly string[]])[] = [
  ['{"a": 1, "b": 2}', []],
  ['{"a": 1, "a": 2}', ['a']],
  ['{"a": 1, "\\u0061": 2}', ['a']],
  ['{"r": {"a": {"x": 1}, "b": [], "a": null, "a": 3}}', ['r.a', 'r.a']],
  ['{"r": [{"a": 1}, {"b": ",", "b" : 2}]}', ['r[1].b']],
  ['{"a": "\\":", "b": "{\\"a\\":1}"}', []],
  ['{"a": "\\\\", "a": "]"}', ['a']],
  ['{"__proto__": 1, "__proto__": 2}', ['__proto__']],
  ['[[1, 2], {"a": [[], {"a": 1, "a": 1}]}]', ['[1].a[1].a']],
  ['"x"', []],
  ['null', []],
];

for (const [text, repeated] of table) {
  test(`${text} repeats ${repeated.length === 0 ? 'no key' : repeated.join(', ')}`, () => {
    assert.deepEqual(repeatedKeys(text, JSON.parse(text)), repeated);
  });
}

test('no value that is printed as JSON repeats a key', () => {
  holds(
    1000,
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value, undefined, 1);
      assert.deepEqual(repeatedKeys(text, value), []);
      // An unknown number of members forces the search.
      assert.deepEqual(repeatedKeys(`${text} `, { [`${text}1`]: { a: 1 } }), []);
    }),
  );
});

test('a text that nests deep is searched, too', () => {
  const text = `${'['.repeat(50_000)}{"a": 1, "a": 2}${']'.repeat(50_000)}`;
  assert.equal(repeatedKeys(text, {}).length, 1);
});
