import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { exactNumber } from '../../src/schema/exact-json.ts';
import { jsonBytes } from '../../src/schema/json-bytes.ts';
import { holds } from '../laws/law.ts';

const long = 'QUJD'.repeat(5000);
const longer = 'RA=='.padStart(40_000, 'QUJD');

function isPrintedAlike(document: unknown, texts: readonly string[]): void {
  const expected = Buffer.from(JSON.stringify(document));
  const whole = texts.map((text) => ({ text, pieces: [text] }));
  const inPieces = texts.map((text) => ({ text, pieces: [text.slice(0, 4), text.slice(4, 4096), text.slice(4096)] }));
  for (const verbatim of [whole, inPieces]) assert.deepEqual(jsonBytes(document, verbatim), expected);
}

test('any document is printed as JSON.stringify prints it', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(long, longer, 'a text that is copied as it is'),
  );
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.constantFrom(null, true, exactNumber('1.0'), exactNumber('12345678901234567890'), 7),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4 }),
    ),
  })).value;
  holds(
    1000,
    fc.property(value, fc.subarray([long, longer, 'QQ==']), (document, verbatim) => isPrintedAlike(document, verbatim)),
  );
});

test('a text that occurs twice is copied twice', () =>
  isPrintedAlike({ a: [long, { b: long }], c: longer }, [longer, long]));

test('a text that contains the stand-in is printed like any other', () => {
  isPrintedAlike({ a: long, b: 'a text that is copied as it is' }, [long]);
  isPrintedAlike({ a: long, 'a text that is copied as it is': 1 }, [long]);
});

test('a document that is only a copied text is printed', () => isPrintedAlike(long, [long]));
