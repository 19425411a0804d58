import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { longBase64 } from '../../src/xml/long-base64.ts';
import { holds } from '../laws/law.ts';

/** The rule as a regular expression: slow, but plainly right. */
const rule = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Check whether a text is recognized, and assert that the rule and XML agree with the result. */
function isTaken(text: string): boolean {
  const found = longBase64(Buffer.from(text, 'latin1'));
  if (found === undefined) return false;
  const [read, bare] = [text.replace(/\r\n?/g, '\n'), text.replace(/[\t\n\r ]/g, '')];
  assert.ok(bare !== '' && rule.test(bare), JSON.stringify(text).slice(0, 200));
  assert.equal(found.pieces.join(''), bare);
  assert.equal(found.toString(), read);
  assert.equal(found.length, read.length);
  return true;
}

const sample = (length: number): string => 'QUJDRA/+9z0xZm9v'.repeat(Math.ceil(length / 16)).slice(0, length);

function inLines(bare: string, width: number, gap: string): string {
  return (bare.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(gap);
}

describe('base64 as programs write it is recognized', () => {
  const layouts: readonly (readonly [string, number, string])[] = [
    ['lines of MIME', 76, '\n'],
    ['lines of MIME with CRLF', 76, '\r\n'],
    ['lines of PEM', 64, '\n'],
    ['lines of the guide, with an indent', 48, '\n        '],
    ['lines of an odd length', 61, '\n\t'],
    ['the longest lines', 1020, '\n'],
    ['words', 4, ' '],
  ];
  for (const [what, width, gap] of layouts) {
    test(what, () => {
      for (const end of ['', 'QQ==', 'QUI=', 'QR==', 'QUJ=']) {
        for (const length of [400, 8192, 16_384, 65_536]) {
          const bare = sample(length) + end;
          // A last group that is broken over two lines is not recognized.
          if (end !== '' && bare.length % width > 0 && bare.length % width < 4) continue;
          assert.ok(isTaken(inLines(bare, width, gap)));
          assert.ok(isTaken(`\r\n  ${inLines(bare, width, gap)}\n    `));
        }
      }
    });
  }

  test('without white space, of any size', () => {
    for (const length of [4, 1020, 1024, 1028, 12_288, 16_380, 16_384, 16_388, 100_000]) {
      for (const end of ['', 'QQ==', 'QUI=', 'QR==', 'QUJ=']) assert.ok(isTaken(`\n${sample(length)}${end}\n`));
    }
  });
});

test('every text of up to seven significant characters is judged by the rule', () => {
  const characters = ['A', '=', '-', ' ', '\n', '\0'];
  const extend = (text: string): void => {
    isTaken(text);
    if (text.length < 7) for (const character of characters) extend(text + character);
  };
  extend('');
});

test('every byte in every place of a group, of a gap and around them is judged by the rule', () => {
  for (let code = 0; code <= 0xff; code += 1) {
    const unit = String.fromCharCode(code);
    for (const text of [`AAA${unit}`, `${unit}AAA`, `A${unit}==`, `AA${unit}=`, `AAAA${unit}AAAA`, `AAA=${unit}`])
      isTaken(text);
    for (const text of [`AAAA\nAAAA${unit}AAAA`, `AAAA\nAAA${unit}\nAAAA`, `AAAA\n AAAA\n${unit}AAAA`]) isTaken(text);
  }
});

test('texts of several pieces, with an odd byte or without, are judged by the rule', () => {
  const gaps = fc.constantFrom('\n', '\r\n', '\r', ' ', '\n\t', '\n    ', '\r\n\r\n', '');
  const widths = fc.oneof(fc.constantFrom(4, 64, 76, 1020, 1023, 1024, 1025), fc.integer({ min: 1, max: 1100 }));
  const lengths = fc.oneof(fc.constantFrom(4, 8192, 12_288, 16_384, 16_388, 49_152), fc.nat({ max: 40_000 }));
  const odd = fc.constantFrom(
    '',
    '',
    '',
    'A',
    'AAAA',
    '=',
    '==',
    '-',
    '_',
    ' ',
    '\n',
    '\r',
    '\r\n',
    '\v',
    '\0',
    '\xe9',
    '<',
  );
  const ends = fc.constantFrom(
    '',
    '',
    '=',
    '==',
    'A=',
    'A==',
    'AA==',
    'AB==',
    'AAA=',
    'AAB=',
    '====',
    'A\n==',
    'AA=\n=',
  );
  const around = fc.constantFrom('', '\n', ' \t\r\n', '\v');
  let taken = 0;
  holds(
    4000,
    fc.property(
      fc.tuple(lengths, widths, gaps, fc.nat(), fc.nat({ max: 2 }), odd, ends, around, around),
      ([length, width, gap, place, left, put, end, before, behind]) => {
        const text = inLines(sample(length), width, gap) + end;
        const at = place % (text.length + 1);
        const isWhole = place % 3 > 0;
        const changed = isWhole ? text : text.slice(0, at) + put + text.slice(at + left);
        if (isTaken(before + changed + behind)) taken += 1;
      },
    ),
  );
  assert.ok(taken > 300, String(taken));
});
