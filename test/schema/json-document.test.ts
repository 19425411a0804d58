import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromDocument, toDocument } from '../../src/schema/json-document.ts';
import type { Message, Shape } from '../../src/schema/shapes.ts';
import { attribute, element, list, named, nothing, record, string } from '../../src/schema/words.ts';

const message = (content: Shape, isBare = false): Message => ({
  root: 'server',
  content,
  isBare,
  namespaces: {},
  extensions: {},
});

const plain = message(record({ id: attribute(string()) }));
const bare = message(record({ id: attribute(string()) }), true);
const hints = element(named(string()), { beside: true, aliases: ['OS-SCH-HNT:scheduler_hints'] });
const withBeside = message(record({ id: attribute(string()), 'os:scheduler_hints': hints }));

test('the content is the member with the name of the root', () => {
  assert.deepEqual(toDocument(plain, { id: '1' }), { server: { id: '1' } });
  assert.deepEqual(fromDocument(plain, { server: { id: '1' }, other: 2 }), { id: '1' });
});

test('a document without that member has no content', () => {
  assert.equal(fromDocument(plain, { id: '1' }), undefined);
  assert.equal(fromDocument(plain, {}), undefined);
});

test('null is a content like any other', () => {
  for (const content of [null, 'x', 1, false, [], [1]]) {
    assert.deepEqual(fromDocument(plain, { server: content }), content);
    assert.deepEqual(toDocument(plain, content), { server: content });
  }
  assert.deepEqual(toDocument(message(nothing()), null), { server: null });
  assert.deepEqual(toDocument(message(list(string(), { tag: 'x' })), ['a']), { server: ['a'] });
});

test('a bare content is the document itself', () => {
  assert.deepEqual(toDocument(bare, { id: '1' }), { id: '1' });
  assert.deepEqual(fromDocument(bare, { id: '1', server: 2 }), { id: '1', server: 2 });
  assert.deepEqual(fromDocument(bare, {}), {});
});

test('a member beside the root belongs to the content', () => {
  const content = { id: '1', 'os:scheduler_hints': { group: 'g' } };
  const document = { server: { id: '1' }, 'os:scheduler_hints': { group: 'g' } };
  assert.deepEqual(toDocument(withBeside, content), document);
  assert.deepEqual(fromDocument(withBeside, document), content);
});

test('a member that may stand beside the root and does not is absent', () => {
  assert.deepEqual(toDocument(withBeside, { id: '1' }), { server: { id: '1' } });
  assert.deepEqual(fromDocument(withBeside, { server: { id: '1' } }), { id: '1' });
  assert.deepEqual(toDocument(withBeside, null), { server: null });
  assert.deepEqual(fromDocument(withBeside, { server: null, 'os:scheduler_hints': {} }), null);
});

test('a member beside the root is found by its aliases, after its own name', () => {
  const alias = { 'OS-SCH-HNT:scheduler_hints': { a: '1' } };
  assert.deepEqual(fromDocument(withBeside, { server: {}, ...alias }), { 'os:scheduler_hints': { a: '1' } });
  const both = { ...alias, 'os:scheduler_hints': { b: '2' } };
  assert.deepEqual(fromDocument(withBeside, { server: {}, ...both }), { 'os:scheduler_hints': { b: '2' } });
});

test('an inherited property is no root', () => {
  assert.equal(fromDocument({ ...plain, root: 'toString' }, {}), undefined);
  assert.equal(fromDocument({ ...plain, root: '__proto__' }, {}), undefined);
});

test('keys with a meaning to JavaScript, such as __proto__, are ordinary keys', () => {
  const content: unknown = JSON.parse('{"__proto__":"1","os:scheduler_hints":{"__proto__":"2"}}');
  const document = '{"server":{"__proto__":"1"},"os:scheduler_hints":{"__proto__":"2"}}';
  assert.equal(JSON.stringify(toDocument(withBeside, content)), document);
});
