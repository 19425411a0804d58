import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rebuild } from '../../src/compute/operations/rebuild.ts';
import { server } from '../../src/compute/resources/server.ts';
import { secretFinder } from '../../src/schema/redact.ts';
import { attribute, dict, element, entry, list, named, nothing, record, string } from '../../src/schema/words.ts';

const find = secretFinder(rebuild.request.content);

test('the secrets of a rebuild are its password, its files and its user data', () => {
  const value = {
    imageRef: 'i',
    name: 'n',
    adminPass: 'p',
    metadata: { k: 'v' },
    personality: [
      { path: '/a', contents: 'c1' },
      { path: '/b', contents: 'c2' },
    ],
    key_name: 'key',
    user_data: 'u',
  };
  assert.deepEqual(find(value), ['p', 'c1', 'c2', 'u']);
});

test('the secret of an answer is its password', () => {
  assert.deepEqual(secretFinder(server)({ id: '1', adminPass: 'p' }), ['p']);
});

test('secrets are found in values of any form', () => {
  assert.deepEqual(find({ adminPass: { a: ['x', { b: 'y' }], c: 1 }, user_data: ['z'], personality: 'no' }), [
    'x',
    'y',
    'z',
  ]);
  assert.deepEqual(find({ personality: [null, 1, { contents: 'c' }] }), ['c']);
});

test('a value without secrets has none', () => {
  for (const value of [null, undefined, 'x', 1, [], {}, { adminPass: null, personality: null }])
    assert.deepEqual(find(value), []);
});

test('an inherited property is no secret', () => {
  assert.deepEqual(find(Object.create({ adminPass: 'p' })), []);
});

test('secrets are found at any depth, in maps too', () => {
  const inner = record({ s: attribute(string(), { secret: true }), t: attribute(string()) });
  const shape = record({ m: element(dict(list(inner, { tag: 'x' }), { tag: 'y', key: 'k' })) });
  assert.deepEqual(secretFinder(shape)({ m: { a: [{ s: '1', t: '2' }], b: [{ s: '3' }] } }), ['1', '3']);
});

test('all values of a secret map are secrets', () => {
  const shape = record({ m: element(dict(string(), { tag: 'y', key: 'k' }), { secret: true }) });
  assert.deepEqual(secretFinder(shape)({ m: { a: '1', b: '2' } }), ['1', '2']);
});

test('secrets are found in entries and in wrapped items', () => {
  const inner = record({ s: attribute(string(), { secret: true }), t: attribute(string()) });
  assert.deepEqual(secretFinder(entry(inner, { key: 'k' }))({ a: { s: '1', t: '2' } }), ['1']);
  const wrapped = list(inner, { tag: 'x', wrapped: 'it' });
  assert.deepEqual(secretFinder(wrapped)([{ it: { s: '1' } }, null, { it: { s: '2' } }, { s: '3' }]), ['1', '2']);
  const inside = dict(inner, { tag: 'x', key: 'k', inside: 'y' });
  assert.deepEqual(secretFinder(inside)({ a: { s: '1', t: '2' } }), ['1']);
});

test('all values of a secret map with repeated names are secrets', () => {
  const hints = named(string(), { repeats: true });
  assert.deepEqual(secretFinder(record({ h: element(hints, { secret: true }) }))({ h: { a: ['1', '2'], b: '3' } }), [
    '1',
    '2',
    '3',
  ]);
  assert.deepEqual(secretFinder(record({ h: element(hints), n: element(nothing()) }))({ h: { a: '1' }, n: 'x' }), []);
});

test('a secret member beside the root is a secret too', () => {
  const content = record({ s: element(string(), { beside: true, secret: true }) });
  assert.deepEqual(secretFinder(content)({ s: '1' }), ['1']);
});
