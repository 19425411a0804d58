import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageMetadata } from '../../src/compute/operations/metadata.ts';
import { attribute, boolean, datetime, dict, element, integer, named, record, string } from '../../src/schema/words.ts';
import { loadConfig } from '../../src/config/load.ts';
import { numbersOf } from '../../src/config/named-settings.ts';
import { Fault } from '../../src/fault.ts';
import { json } from '../../src/media/json.ts';
import { fromJsonText, fromXml, toXml } from './described.ts';
import { freshReading } from './fresh-reading.ts';
import { testSettings } from '../support/settings.ts';

/** The forms that only legacy Nova's generic deserializer and serializer had. */

const specs = named(string(), { eitherWay: true, nullable: true });
const items = dict(string(), { tag: 'meta', key: 'key', orNamed: true });

test('attributes and children are entries; the child counts if both have one name', () => {
  assert.deepEqual(fromXml(specs, '<r a="1" b="2"><b>3</b><c/></r>'), { a: '1', b: '3', c: '' });
});

test('attributes that describe the document are no entries', () => {
  const schema = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"';
  for (const content of [specs, items])
    assert.deepEqual(fromXml(content, `<r xml:lang="en" ${schema} a="1"/>`), { a: '1' });
});

test('an attribute is noted where entries are children only', () => {
  const reading = freshReading();
  assert.deepEqual(fromXml(named(string()), '<r a="1"><b>2</b></r>', reading), { b: '2' });
  assert.deepEqual(reading.unknown, ['r.a']);
});

test('an entry is named by its key, by its attribute, or has its key in an attribute', () => {
  const reading = freshReading();
  assert.deepEqual(fromXml(items, '<r a="1"><b>2</b><meta key="c">3</meta><meta>4</meta></r>', reading), {
    a: '1',
    b: '2',
    c: '3',
    meta: '4',
  });
  assert.deepEqual(reading.unknown, []);
});

test('null in JSON is a value of an entry only where it removes the entry', () => {
  assert.deepEqual(fromJsonText(specs, '{"a":null}'), { a: null });
  assert.throws(() => fromJsonText(named(string()), '{"a":null}'), /must be a string/);
});

test('the value of a key may have a shape of its own', () => {
  const keypair = named(string(), { byKey: { created_at: datetime({ withOffset: true }) } });
  const value = { name: '2026-11-21T18:03:06.632807', created_at: '2026-11-21T18:03:06.632807' };
  const document = `<r><name>${value.name}</name><created_at>2026-11-21 18:03:06.632807+00:00</created_at></r>`;
  assert.equal(toXml(keypair, value), document);
  assert.deepEqual(fromXml(keypair, document), value);
});

test('a record may be the value of an entry', () => {
  const log = named(record({ errors: element(integer()) }));
  assert.equal(toXml(log, { compute1: { errors: 0 } }), '<r><compute1><errors>0</errors></compute1></r>');
});

test('what legacy Nova ignored by design is left out without a note, in XML and JSON', () => {
  const content = record({ cores: attribute(integer(), { eitherWay: true }) }, { ignored: ['id'] });
  const reading = freshReading();
  assert.deepEqual(fromXml(content, '<r id="a"><id>b</id><cores>1</cores></r>', reading), { cores: 1 });
  assert.deepEqual(fromJsonText(content, '{"id":"a","cores":1}', reading), { cores: 1 });
  assert.deepEqual(reading.unknown, []);
});

test('what legacy Nova ignored is kept where every member is kept', () => {
  const reading = freshReading({ keepUnknown: true });
  assert.deepEqual(fromJsonText(record({}, { ignored: ['id'] }), '{"id":"a"}', reading), { id: 'a' });
});

test('deleted is written as its truth in Python', () => {
  const content = record({ deleted: element(boolean({ asTruth: true })) });
  for (const value of [0, null, false, '']) {
    assert.equal(toXml(content, { deleted: value }), '<r><deleted>False</deleted></r>', String(value));
  }
  for (const value of [1, true, 'False']) {
    assert.equal(toXml(content, { deleted: value }), '<r><deleted>True</deleted></r>', String(value));
  }
});

test("the message about a format may quote the caller's text to the letter", () => {
  const status = string({ format: 'enableOrDisable', formatRefusal: "Invalid status: '{text}'" });
  assert.equal(fromJsonText(status, String.raw`" Disable\n"`), 'disable');
  assert.throws(() => fromJsonText(status, '"$&"'), /Invalid status: '\$&'$/);
});

test('the metadata of images has messages and a status of its own', () => {
  const limits = numbersOf(loadConfig(testSettings));
  const [, update] = imageMetadata;
  const refused = (metadata: object): readonly unknown[] => {
    try {
      json.open(Buffer.from(JSON.stringify({ metadata }))).readAs(update.request, freshReading({ limits }));
    } catch (error) {
      assert.ok(error instanceof Fault);
      return [error.status, error.message, error.documentedRetryAfter];
    }
    return [];
  };
  assert.deepEqual(refused({ ['k'.repeat(255)]: 'v'.repeat(1000) }), []);
  assert.deepEqual(refused({ ['k'.repeat(256)]: '' }), [400, 'Image metadata key too long', undefined]);
  assert.deepEqual(refused({ '': '' }), [400, 'metadata: Image metadata key cannot be blank', undefined]);
  const many = Object.fromEntries(Array.from({ length: 129 }, (_, index) => [`k${index}`, '']));
  assert.deepEqual(refused(many), [413, 'Image metadata limit exceeded', '0']);
});
