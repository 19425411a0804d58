import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecentMap } from '../../../../src/http/exchange/recent/recent-map.ts';

test('a recent map forgets what was not used for two generations, and holds no more than two', () => {
  const map = new RecentMap<number>(10);
  map.set('used', 1);
  map.set('unused', 2);
  for (let n = 0; n < 1000; n += 1) {
    map.set(`key ${n}`, n);
    assert.equal(map.get('used'), 1);
    assert.ok(map.size <= 20);
  }
  assert.equal(map.get('unused'), undefined);
  map.delete('used');
  assert.equal(map.get('used'), undefined);
});

test('a recent map never forgets a value that is in use, however many there are', () => {
  const inUse = new Set<string>();
  const map = new RecentMap<string>(10, (value) => inUse.has(value));
  for (let n = 0; n < 25; n += 1) {
    inUse.add(`kept ${n}`);
    map.set(`kept ${n}`, `kept ${n}`);
  }
  for (let n = 0; n < 100; n += 1) map.set(`key ${n}`, 'other');
  for (const key of inUse) assert.equal(map.get(key), key);
  inUse.clear();
  for (let n = 0; n < 100; n += 1) map.set(`key ${n}`, 'other');
  assert.ok(map.size <= 20, String(map.size));
});
