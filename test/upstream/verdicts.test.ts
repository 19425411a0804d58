// Protects the needs: a treatment, a format or an empty value without the verdict of clouds must not compile. The compiler checks it here.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formats, type FormatName } from '../../src/schema/formats.ts';
import { record } from '../../src/schema/words.ts';
import type { Carry, Drop, Ineffective, Rewrite } from '../../src/upstream/profile.ts';

const because = '';
// @ts-expect-error a drop without a verdict
const drop: Drop = { kind: 'drop', because };
// @ts-expect-error a member without effect, without a verdict
const ineffective: Ineffective = { kind: 'ineffective', because };
// @ts-expect-error a rewrite without a verdict
const rewrite: Rewrite = { kind: 'rewrite', rewrite: String, how: '' };
// @ts-expect-error a carry without a verdict
const carry: Carry = {
  kind: 'carry',
  to: '',
  since: 0,
  select: () => ({ value: undefined, omitted: [] }),
  carry: String,
  how: '',
  omittedBecause: '',
};
// @ts-expect-error a format without its legacy forms
const format: (typeof formats)[FormatName] = { normalize: String, message: '' };
// @ts-expect-error a record without the verdicts on empty members
const emptiable = record({}, { emptyIsAbsent: true });

test('what has no verdict does not compile', () => {
  assert.equal([drop, ineffective, rewrite, carry, format, emptiable].length, 6);
  assert.ok(Object.values(formats).every(({ legacyForm }) => typeof legacyForm === 'function'));
});
