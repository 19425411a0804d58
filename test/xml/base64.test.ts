import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isBase64, pieceLength } from '../../src/xml/base64.ts';
import { holds } from '../laws/law.ts';

/** The rule as a regular expression: slow, but plainly right. */
const rule = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function agrees(text: string): void {
  assert.equal(isBase64(text), rule.test(text), JSON.stringify(text).slice(0, 200));
}

test('every text of up to six significant characters is judged by the rule', () => {
  const characters = ['A', '/', '=', '-', ' ', '\u0141', '\0'];
  const extend = (text: string): void => {
    agrees(text);
    if (text.length < 6) for (const character of characters) extend(text + character);
  };
  extend('');
});

test('every UTF-16 code unit in every place of a group is judged by the rule', () => {
  for (let code = 0; code <= 0xffff; code += 1) {
    const unit = String.fromCharCode(code);
    for (const text of [`AAA${unit}`, `${unit}AAA`, `A${unit}==`, `AA${unit}=`]) agrees(text);
  }
});

test('texts of several pieces, with an odd character or without, are judged by the rule', () => {
  const odd = fc.constantFrom('', 'A', '=', '==', '-', '_', ' ', '\n', '\0', 'é', '\u0141', '\ud800', '😀');
  const lengths = fc.constantFrom(0, 4, 400, pieceLength - 4, pieceLength, pieceLength + 4, 3 * pieceLength);
  const ends = fc.constantFrom('', '=', '==', 'A=', 'A==', 'AA==', 'AAA=', '====');
  holds(
    3000,
    fc.property(lengths, fc.nat(), fc.nat({ max: 2 }), odd, ends, (length, place, left, put, end) => {
      const text = 'QUJDRA/+9z0x'.repeat(Math.ceil(length / 12)).slice(0, length) + end;
      const at = place % (text.length + 1);
      agrees(text.slice(0, at) + put + text.slice(at + left));
    }),
  );
});
