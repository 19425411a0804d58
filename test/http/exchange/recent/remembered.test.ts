import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longestText, mostTexts, remembered } from '../../../../src/http/exchange/recent/remembered.ts';

test('a function of a text is called once for a text of late, also if its result is undefined', () => {
  const computed: string[] = [];
  const find = remembered((text) => {
    computed.push(text);
    return text === 'none' ? undefined : { text };
  });
  const first = find('one');
  assert.deepEqual(first, { text: 'one' });
  assert.equal(find('one'), first);
  assert.equal(find('none'), undefined);
  assert.equal(find('none'), undefined);
  assert.deepEqual(computed, ['one', 'none']);
});

test('texts that are too long, and those beyond two generations, are computed again', () => {
  let count = 0;
  const find = remembered((text) => {
    count += 1;
    return text.length;
  });
  const long = 'a'.repeat(longestText + 1);
  assert.equal(find(long), long.length);
  assert.equal(find(long), long.length);
  assert.equal(count, 2);
  find('early');
  for (let n = 0; n < 2 * mostTexts; n += 1) find(`text ${n}`);
  const before = count;
  find('early');
  assert.equal(count, before + 1);
});
