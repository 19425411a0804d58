import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { handlingOf } from '../../../src/http/translate/preference.ts';

describe('Prefer: handling', () => {
  const strict = [
    'handling=strict',
    'Handling=Strict',
    'handling="strict"',
    ' handling = strict ',
    'respond-async, handling=strict',
    'handling=strict, handling=lenient',
    'handling=strict; x=y',
    'wait=10,handling=strict',
    'return=minimal; foo="bar", handling=strict',
  ];
  for (const prefer of strict) {
    test(`${JSON.stringify(prefer)} is strict, by the caller`, () => {
      assert.deepEqual(handlingOf(prefer, 'lenient'), { mode: 'strict', isCallers: true });
    });
  }

  for (const prefer of ['handling=lenient', 'handling="lenient"', 'handling=lenient, handling=strict']) {
    test(`${JSON.stringify(prefer)} is lenient, whatever the setting`, () => {
      assert.deepEqual(handlingOf(prefer, 'strict'), { mode: 'lenient', isCallers: true });
    });
  }

  const none = [
    undefined,
    '',
    'handling',
    'handling=',
    'handling=other',
    'handling=stricter',
    'handling=strict-ish',
    'mishandling=strict',
    'x; handling=strict',
    'note="a, handling=strict"',
    'note="a, handling=strict, b"',
  ];
  for (const prefer of none) {
    test(`${JSON.stringify(prefer)} leaves it to the setting`, () => {
      assert.deepEqual(handlingOf(prefer, 'lenient'), { mode: 'lenient', isCallers: false });
      assert.deepEqual(handlingOf(prefer, 'strict'), { mode: 'strict', isCallers: false });
    });
  }

  test('several header lines are one list', () => {
    assert.equal(handlingOf(['respond-async', 'handling=strict'], 'lenient').mode, 'strict');
  });
});
