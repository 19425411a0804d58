import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { digitsOf, exactNumber, parseExactly } from '../../src/schema/exact-json.ts';
import { holds } from '../laws/law.ts';
import { numberTexts } from '../laws/scalars.ts';

/** Numbers of JSON whose digits JavaScript would change. */
const numbers = [
  '0',
  '-0',
  '1',
  '-1',
  '1.0',
  '1.50',
  '100.00',
  '-0.0',
  '0.1',
  '0.10',
  '0.000001',
  '0.0000001',
  '5e-324',
  '9007199254740993',
  '9223372036854775807',
  '9223372036854775808',
  '-9223372036854775808',
  '18446744073709551616',
  '123.45678901234567',
  '9007199254740.12345',
  '0.30000000000000004',
  '0.1000000000000000055511151231257827',
  '1e400',
  '-1E+400',
  '1e-400',
  '1E5',
  '1e5',
  '1.0e0',
  '1e21',
  '1e+21',
  '123456789012345678901234567890',
];

for (const digits of numbers) {
  test(`${digits} keeps its digits in any place`, () => {
    for (const text of [`{"a":${digits}}`, `{"a" :\n ${digits} }`]) {
      assert.equal(digitsOf(member(parseExactly(text), 'a')), digits);
    }
    assert.equal(digitsOf(member(parseExactly(`[${digits}]`), 0)), digits);
    assert.equal(digitsOf(member(parseExactly(`["x",\t${digits},1]`), 1)), digits);
    assert.equal(
      JSON.stringify(parseExactly(`{"a":[${digits},{"b":${digits}}]}`)),
      `{"a":[${digits},{"b":${digits}}]}`,
    );
  });

  test(`${digits} has the value of its text`, () => {
    assert.equal(digitsOf(exactNumber(digits)), digits);
    assert.equal(JSON.stringify([exactNumber(digits)]), `[${digits}]`);
  });
}

test('any number keeps its digits', () => {
  holds(
    5000,
    fc.property(numberTexts, (digits) => {
      assert.equal(JSON.stringify(parseExactly(`{"a":${digits}}`)), `{"a":${digits}}`);
    }),
  );
});

test('a number that JavaScript prints the same is a JavaScript number', () => {
  for (const digits of ['0', '-1', '1.5', '9007199254740991', '1e+21']) {
    assert.equal(exactNumber(digits), Number(digits));
    assert.equal(member(parseExactly(`[${digits}]`), 0), Number(digits));
  }
});

test('digitsOf prints the digits of numbers, and of nothing else', () => {
  assert.equal(digitsOf(exactNumber('1.0')), '1.0');
  assert.equal(digitsOf(7), '7');
  for (const value of [null, undefined, '1', true, {}, [], { rawJSON: '1' }]) assert.equal(digitsOf(value), undefined);
});

test('texts that look like numbers stay texts', () => {
  const text = '{"addr":"10.0.0.10","list":["1.0","-0",": 1.0","[1e5",",-0"],"a:1.0":"9223372036854775808","n":1.0}';
  assert.equal(JSON.stringify(parseExactly(text)), text);
  const value = parseExactly(text);
  assert.equal(member(value, 'addr'), '10.0.0.10');
  assert.deepEqual(member(value, 'list'), ['1.0', '-0', ': 1.0', '[1e5', ',-0']);
});

test('keys with a meaning to JavaScript, such as __proto__, are ordinary keys', () => {
  const text = '{"__proto__":1.0,"constructor":{"__proto__":-0}}';
  assert.equal(JSON.stringify(parseExactly(text)), text);
});

test('malformed JSON is a syntax error, with exact numbers or without', () => {
  for (const text of [
    '',
    '{',
    '[01]',
    '[1.]',
    '[.5]',
    '[+1]',
    '[1e]',
    '[NaN]',
    '{"a":1.0',
    '[1.0]x',
    '[1.0,]',
    '[-]',
    '[1.0 2]',
  ])
    assert.throws(() => parseExactly(text), SyntaxError, text);
});

test('apart from its numbers, a value is what JSON.parse reads', () => {
  holds(
    300,
    fc.property(fc.json(), (text) => {
      assert.deepEqual(JSON.parse(JSON.stringify(parseExactly(text))), JSON.parse(text));
    }),
  );
});

function member(value: unknown, key: string | number): unknown {
  assert.ok(typeof value === 'object' && value !== null);
  return Object.entries(value).find(([name]) => name === String(key))?.[1];
}
