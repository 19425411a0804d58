import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../../src/fault.ts';
import { validRetryAfter } from '../../../src/upstream/faults/retry-after.ts';

const documented = (retryAfter: string): string | undefined =>
  new Fault(429, undefined, { reason: 'cloud-refusal', retryAfter }).documentedRetryAfter;

test('Retry-After is seconds or a date; anything else is none', () => {
  const date = 'Wed, 21 Oct 2037 07:28:00 GMT';
  const read: readonly (readonly [string | string[] | undefined, string | undefined])[] = [
    ['0', '0'],
    [' 30 ', '30'],
    ['1.2', '2'],
    [['7', '8'], '7'],
    [date, date],
    ['Wednesday, 21-Oct-37 07:28:00 GMT', 'Wednesday, 21-Oct-37 07:28:00 GMT'],
    ['Wed Oct 21 07:28:00 2037', 'Wed Oct 21 07:28:00 2037'],
    ['-1', undefined],
    ['12345678901', undefined],
    [`${'9'.repeat(400)}.5`, undefined],
    ['soon', undefined],
    ['2037-10-21', undefined],
    ['', undefined],
    [undefined, undefined],
  ];
  for (const [field, value] of read) assert.equal(validRetryAfter(field), value, String(field));
});

test('the member retryAfter is seconds, whatever the field is', () => {
  assert.equal(documented('30'), '30');
  assert.equal(documented('Wed, 21 Oct 2009 07:28:00 GMT'), '0');
  const soon = Number(documented(new Date(Date.now() + 60_000).toUTCString()));
  assert.ok(soon >= 55 && soon <= 60, String(soon));
});
