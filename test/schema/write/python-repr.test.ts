import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseExactly } from '../../../src/schema/exact-json.ts';
import { pythonRepr } from '../../../src/schema/write/python-repr.ts';

/** JSON texts, and what Python 2.7 prints for repr(json.loads(...)). */
const table: readonly (readonly [string, string])[] = [
  ['null', 'None'],
  ['true', 'True'],
  ['false', 'False'],
  ['0', '0'],
  ['-0', '0'],
  ['42', '42'],
  ['9223372036854775807', '9223372036854775807'],
  ['9223372036854775808', '9223372036854775808L'],
  ['-9223372036854775808', '-9223372036854775808'],
  ['-9223372036854775809', '-9223372036854775809L'],
  ['1.5', '1.5'],
  ['1.0', '1.0'],
  ['1e5', '100000.0'],
  ['1.5E-3', '0.0015'],
  ['1e16', '1e+16'],
  ['1e15', '1000000000000000.0'],
  ['1e-5', '1e-05'],
  ['1.25e-7', '1.25e-07'],
  ['1e400', 'inf'],
  ['-1e400', '-inf'],
  ['""', "u''"],
  ['"a"', "u'a'"],
  [`"it's"`, `u"it's"`],
  [`"it's \\"x\\""`, `u'it\\'s "x"'`],
  ['"\\"x\\""', `u'"x"'`],
  ['"\\\\"', "u'\\\\'"],
  ['"\\t\\n\\r\\u0000\\u007f"', "u'\\t\\n\\r\\x00\\x7f'"],
  ['"é€😀"', "u'\\xe9\\u20ac\\U0001f600'"],
  ['"\\ud83d"', "u'\\ud83d'"],
  ['[]', '[]'],
  ['{}', '{}'],
  ['[1, [null, true], {}]', '[1, [None, True], {}]'],
  ['{"b": 1, "a": {"é": [2]}}', "{u'b': 1, u'a': {u'\\xe9': [2]}}"],
  [
    '[{"device_name": "/dev/vda", "no_device": true, "volume_size": null}]',
    "[{u'device_name': u'/dev/vda', u'no_device': True, u'volume_size': None}]",
  ],
];

for (const [text, printed] of table) {
  test(`${text} is printed as ${printed}`, () => {
    // Only the numbers of an object keep their digits.
    const { value } = parseExactly(`{"value": ${text}}`) as { readonly value: unknown };
    assert.equal(pythonRepr(value), printed);
  });
}

test('containers that nest too deep are printed as Python prints what it does not print', () => {
  const nested: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  assert.equal(pythonRepr(nested), `${'['.repeat(64)}[...]${']'.repeat(64)}`);
});
