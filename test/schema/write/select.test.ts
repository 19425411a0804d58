import assert from 'node:assert/strict';
import { test } from 'node:test';
import { server } from '../../../src/compute/resources/server.ts';
import { exactNumber } from '../../../src/schema/exact-json.ts';
import { selector as selectorOf } from '../../../src/schema/write/select.ts';
import type { Shape } from '../../../src/schema/shapes.ts';
import {
  attribute,
  datetime,
  decimal,
  dict,
  element,
  entry,
  list,
  named,
  nothing,
  record,
  string,
} from '../../../src/schema/words.ts';

/** Make a selector that forgets what it rewrites. */
const selector = (shape: Shape): ((value: unknown) => unknown) => {
  const select = selectorOf(shape);
  return (value) => select(value, new Set());
};

const select = selector(server);

test('members that the legacy document does not have are left out, at any depth', () => {
  const link = { href: 'h', rel: 'self' };
  const modern = {
    id: '1',
    locked: false,
    description: null,
    tags: [],
    'OS-EXT-STS:vm_state': 'active',
    'OS-EXT-SRV-ATTR:user_data': 'eA==',
    image: { id: 'i', links: [{ ...link, more: 1 }], properties: {} },
    addresses: { net: [{ version: 4, addr: '1.2.3.4', 'OS-EXT-IPS:type': 'fixed', port_id: 'p' }] },
    links: [link],
  };
  assert.deepEqual(select(modern), {
    id: '1',
    'OS-EXT-STS:vm_state': 'active',
    image: { id: 'i', links: [link] },
    addresses: { net: [{ version: 4, addr: '1.2.3.4', 'OS-EXT-IPS:type': 'fixed' }] },
    links: [link],
  });
});

test('nothing of a flavor of microversion 2.47 is in the legacy document', () => {
  assert.deepEqual(select({ flavor: { vcpus: 1, ram: 512, original_name: 'm1.tiny' } }), { flavor: {} });
});

test('values of any kind are kept unchanged', () => {
  const odd = { id: null, progress: '0', image: '', metadata: [], links: 'x', addresses: { net: null }, fault: null };
  assert.deepEqual(select(odd), odd);
  for (const value of [null, 'x', 1, [], true]) assert.deepEqual(select(value), value);
});

test('an absent member stays absent, metadata too', () => assert.deepEqual(select({}), {}));

test('members keep their order', () => {
  assert.deepEqual(Object.keys(select({ name: 'a', id: '1', status: 'b' }) as object), ['name', 'id', 'status']);
});

test('keys with a meaning to JavaScript, such as __proto__, are selected like any other', () => {
  const metadata: unknown = JSON.parse('{"__proto__":"1","constructor":"2","toString":"3"}');
  assert.equal(JSON.stringify(select({ metadata })), `{"metadata":${JSON.stringify(metadata)}}`);
  assert.equal(JSON.stringify(select(JSON.parse('{"__proto__":{"id":"1"},"constructor":1,"id":"2"}'))), '{"id":"2"}');
});

test('a selection does not change the value', () => {
  const value = { id: '1', locked: true };
  select(value);
  assert.deepEqual(value, { id: '1', locked: true });
});

test('records in lists in maps are selected', () => {
  const shape = record({
    m: element(dict(list(record({ a: attribute(string()) }), { tag: 'x' }), { tag: 'y', key: 'k' })),
  });
  assert.deepEqual(selector(shape)({ m: { k: [{ a: '1', b: '2' }] } }), { m: { k: [{ a: '1' }] } });
});

test('records in entries and in wrapped items are selected, and members beside a wrapped item are not', () => {
  const inner = record({ a: attribute(string()) });
  assert.deepEqual(selector(entry(inner, { key: 'k' }))({ x: { a: '1', b: '2' } }), { x: { a: '1' } });
  const wrapped = list(inner, { tag: 'x', wrapped: 'it' });
  assert.deepEqual(selector(wrapped)([{ it: { a: '1', b: '2' }, more: 1 }, null, { other: 1 }]), [
    { it: { a: '1' } },
    null,
    {},
  ]);
});

test('records inside of map entries are selected', () => {
  const shape = dict(record({ a: attribute(string()) }), { tag: 'x', key: 'k', inside: 'y' });
  assert.deepEqual(selector(shape)({ k: { a: '1', b: '2' } }), { k: { a: '1' } });
});

test('named maps, numbers, times and nothing are kept unchanged', () => {
  for (const shape of [named(string(), { repeats: true }), decimal(), datetime(), nothing()])
    for (const value of [{ a: ['1', null], b: {} }, exactNumber('1.0'), 'x', null])
      assert.equal(selector(shape)(value), value);
});
