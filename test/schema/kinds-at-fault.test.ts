import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { refusedUnaided } from '../../src/schema/unaided.ts';
import { Fault } from '../../src/fault.ts';
import type { Shape } from '../../src/schema/shapes.ts';
import { attribute, dict, element, nothing, record, string } from '../../src/schema/words.ts';
import { fromJsonText, fromXml, toXml } from './described.ts';
import { number, whole, time, meta, specs, hints, wrapped, limits, services } from './kinds.ts';

describe('values of another kind are refused with their path', () => {
  const required = record(
    { a: attribute(string(), { required: true, missing: 'is missing' }) },
    { emptyIsAbsent: { null: {}, text: {} } },
  );
  const named400: readonly (readonly [string, () => unknown, RegExp])[] = [
    ['an integer with a fraction', () => fromXml(whole, '<r n="1.0"/>'), /^r\.n: must be an integer\.$/],
    ['an empty integer', () => fromXml(whole, '<r n=""/>'), /^r\.n: must be an integer\.$/],
    ['an integer with a fraction, in JSON', () => fromJsonText(whole, '{"n":1.0}'), /^r\.n: must be an integer\.$/],
    ['an integer that is true', () => fromJsonText(whole, '{"n":true}'), /^r\.n: must be an integer\.$/],
    ['a decimal that is a word', () => fromXml(number, '<r n="NaN"/>'), /^r\.n: must be a number\.$/],
    ['a decimal in hexadecimal', () => fromXml(number, '<r n="0x1"/>'), /^r\.n: must be a number\.$/],
    ['a decimal without digits before the point', () => fromXml(number, '<r n=".5"/>'), /^r\.n: must be a number\.$/],
    ['a time that is a number', () => fromJsonText(time, '{"at":1.0}'), /^r\.at: must be a time\.$/],
    ['an entry that is a list', () => fromJsonText(meta, '[]'), /^r: must be an object with one member\.$/],
    ['an entry of none', () => fromJsonText(meta, '{}'), /^r: must be an object with one member\.$/],
    ['an entry of two', () => fromJsonText(meta, '{"a":"1","b":"2"}'), /^r: must be an object with one member\.$/],
    ['an entry whose value is a number', () => fromJsonText(meta, '{"a":1}'), /^r\["a"\]: must be a string\.$/],
    ['names that are a list', () => fromJsonText(specs, '[]'), /^r: must be an object\.$/],
    [
      'a list for a name that does not repeat',
      () => fromJsonText(specs, '{"a":["1"]}'),
      /^r\["a"\]: must be a string\.$/,
    ],
    ['a number among repetitions', () => fromJsonText(hints, '{"a":["1",2]}'), /^r\["a"\]\[1\]: must be a string\.$/],
    ['an item that is not wrapped', () => fromJsonText(wrapped, '[{"id":"1"}]'), /^r\[0\]\.thing: is required\.$/],
    [
      'a wrapped item of another kind',
      () => fromJsonText(wrapped, '[{"thing":1}]'),
      /^r\[0\]\.thing: must be an object\.$/,
    ],
    [
      'a map value in an attribute',
      () => fromXml(limits, '<r><limit name="a" value="x"/></r>'),
      /^r\["a"\]: must be an integer/,
    ],
    [
      'an object that may be null, and is a text',
      () => fromJsonText(record({}, { mayBeNull: { null: refusedUnaided, text: refusedUnaided } }), '"x"'),
      /^r: /,
    ],
    ['an empty attribute that is required', () => fromXml(required, '<r a=""/>'), /^r\.a: is missing$/],
    ['null for what is required', () => fromJsonText(required, '{"a":null}'), /^r\.a: /],
    [
      'an empty text without its format',
      () => fromJsonText(string({ format: 'notEmpty', formatRefusal: 'is nameless' }), '""'),
      /^r: is nameless$/,
    ],
  ];
  for (const [title, read, message] of named400) {
    test(title, () => {
      assert.throws(read, (error) => error instanceof Fault && error.status === 400 && message.test(error.message));
    });
  }
});

describe('values that clouds answer are written as XML', () => {
  const always = record({ a: element(nothing(), { always: true }), b: element(nothing()) });
  const table: readonly (readonly [string, Shape, unknown, string])[] = [
    [
      'a time without microseconds of zero',
      time,
      { at: '2014-04-17T10:00:00.000000' },
      '<r at="2014-04-17 10:00:00"/>',
    ],
    [
      'a time without them before its zone',
      time,
      { at: '2014-04-17T10:00:00.000000Z' },
      '<r at="2014-04-17 10:00:00Z"/>',
    ],
    ['a time that is null', time, { at: null }, '<r at="None"/>'],
    ['nothing, whatever it is', nothing(), { a: 1 }, '<r/>'],
    ['nothing where it is always there', always, { b: null }, '<r><a/></r>'],
    ['the first member of an entry', meta, { a: '1', b: '2' }, '<r key="a">1</r>'],
    ['an empty array of names', specs, [], '<r/>'],
    ['names that are null', specs, null, '<r/>'],
    ['a name without a value', specs, { a: null, b: '' }, '<r><a>None</a><b></b></r>'],
    ['a key that is no name', specs, { 'a b': '1' }, '<r><a_b>1</a_b></r>'],
    ['each of a name that repeats', hints, { a: ['1'], b: [] }, '<r><a>1</a></r>'],
    ['a value in an attribute that is null', limits, { a: null }, '<r><limit name="a" value="None"/></r>'],
    [
      'a value inside that is null',
      services,
      { a: null },
      '<r><service name="a"><available>None</available></service></r>',
    ],
  ];
  for (const [title, shape, value, document] of table) {
    test(title, () => assert.equal(toXml(shape, value), document));
  }

  test('the prefix of a map is declared only if the map has an entry', () => {
    const map = dict(string(), { tag: 'x:meta', key: 'key' });
    assert.equal(toXml(map, { a: '1' }), '<r xmlns:x="urn:x"><x:meta key="a">1</x:meta></r>');
    assert.equal(toXml(map, {}), '<r/>');
  });

  const misshapen: readonly (readonly [string, Shape, unknown, string])[] = [
    ['an entry of none', meta, {}, '<r>{}</r>'],
    ['an entry that is null', meta, null, '<r/>'],
    ['an item that is not wrapped', wrapped, [{ id: '1' }], '<r><item id="1"/></r>'],
    ['a wrapped item that is null', wrapped, [null], '<r><item/></r>'],
    ['names that are a text', specs, 'x', '<r>x</r>'],
    ['a list for a name that does not repeat', specs, { a: ['1'] }, "<r><a>[u'1']</a></r>"],
    ['an object in an attribute', limits, { a: {} }, '<r><limit name="a" value="{}"/></r>'],
    ['an object for a time', time, { at: {} }, '<r at="{}"/>'],
  ];
  for (const [title, shape, value, document] of misshapen) {
    test(`${title} is written as Python would print it`, () => assert.equal(toXml(shape, value), document));
  }
});
