import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { refusedUnaided } from '../../src/schema/unaided.ts';
import type { Shape } from '../../src/schema/shapes.ts';
import {
  attribute,
  dict,
  element,
  entry,
  inline,
  integer,
  list,
  nothing,
  record,
  string,
  text,
} from '../../src/schema/words.ts';
import { fromJsonText, fromXml, toJsonText, toXml } from './described.ts';
import { freshReading } from './fresh-reading.ts';
import {
  number,
  whole,
  time,
  timeWithOffset,
  meta,
  hosts,
  specs,
  hints,
  wrapped,
  limits,
  services,
  zones,
} from './kinds.ts';

/** The description, a document, and the same value as JSON; both are read and written. */
const same: Readonly<Record<string, readonly [Shape, string, string]>> = {
  'a decimal with its digits': [number, '<r n="1.0"/>', '{"n":1.0}'],
  'a decimal with an exponent': [number, '<r n="-1e400"/>', '{"n":-1e400}'],
  'an integer of any size': [whole, '<r n="9223372036854775808"/>', '{"n":9223372036854775808}'],
  'a negative zero': [whole, '<r n="-0"/>', '{"n":-0}'],
  'a time': [time, '<r at="2014-04-17 10:00:00"/>', '{"at":"2014-04-17T10:00:00"}'],
  'a time with microseconds': [time, '<r at="2014-04-17 10:00:00.000001"/>', '{"at":"2014-04-17T10:00:00.000001"}'],
  'a time with a zone': [time, '<r at="2014-04-17 10:00:00Z"/>', '{"at":"2014-04-17T10:00:00Z"}'],
  'a time whose zone is in XML alone': [
    timeWithOffset,
    '<r at="2014-04-17 10:00:00.000001+00:00"/>',
    '{"at":"2014-04-17T10:00:00.000001"}',
  ],
  'a time with another zone than the one in XML alone': [
    timeWithOffset,
    '<r at="2014-04-17 10:00:00+01:00"/>',
    '{"at":"2014-04-17T10:00:00+01:00"}',
  ],
  'a text in the place of a time with a zone in XML': [timeWithOffset, '<r at="a T b+00:00"/>', '{"at":"a T b+00:00"}'],
  'a text in the place of a time': [time, '<r at="a T b"/>', '{"at":"a T b"}'],
  nothing: [nothing(), '<r/>', 'null'],
  'a list of nothing': [list(nothing(), { tag: 'x' }), '<r><x/><x/></r>', '[null,null]'],
  'an entry': [meta, '<r key="a b">1</r>', '{"a b":"1"}'],
  'an entry of an empty key': [meta, '<r key="">1</r>', '{"":"1"}'],
  'entries of lists': [
    hosts,
    '<r><hosts zone="a"><host>1</host><host>2</host></hosts><hosts zone="b"/></r>',
    '[{"a":["1","2"]},{"b":[]}]',
  ],
  names: [specs, '<r><cpus>2</cpus><hw:cpu xmlns:hw="hw">a</hw:cpu></r>', '{"cpus":"2","hw:cpu":"a"}'],
  'no names': [specs, '<r/>', '{}'],
  'a name that repeats': [hints, '<r><a>1</a><a>2</a><b>3</b></r>', '{"a":["1","2"],"b":"3"}'],
  'inline names': [
    record({ id: attribute(string()), all: inline(specs) }),
    '<r id="1"><a>2</a></r>',
    '{"id":"1","all":{"a":"2"}}',
  ],
  'a wrapped list': [wrapped, '<r><item id="1"/><item id="2"/></r>', '[{"thing":{"id":"1"}},{"thing":{"id":"2"}}]'],
  'a map with its values in attributes': [limits, '<r><limit name="a" value="-1"/></r>', '{"a":-1}'],
  'a map with its values inside': [
    services,
    '<r><service name="nova"><available>True</available></service></r>',
    '{"nova":true}',
  ],
  'a map of lists inside': [zones, '<r><zone name="a"><all><n>1</n></all></zone></r>', '{"a":[1]}'],
  'an attribute that may be an element': [
    record({ a: attribute(string(), { eitherWay: true }) }),
    '<r a="1"/>',
    '{"a":"1"}',
  ],
  'an element that may be an attribute': [
    record({ a: element(integer(), { eitherWay: true }) }),
    '<r><a>1</a></r>',
    '{"a":1}',
  ],
  'nothing that is always there': [record({ a: element(nothing(), { always: true }) }), '<r><a/></r>', '{"a":null}'],
};

for (const [title, [shape, document, json]] of Object.entries(same)) {
  test(`${title} is the same in XML and in JSON`, () => {
    const reading = freshReading();
    const value = fromXml(shape, document, reading);
    assert.equal(JSON.stringify(value), json);
    assert.deepEqual(fromJsonText(shape, json, reading), value);
    assert.equal(toXml(shape, value), document);
    assert.equal(toJsonText(shape, value), json);
    assert.deepEqual(reading.unknown, []);
  });
}

describe('XML is read in all its spellings', () => {
  const either = record({ a: attribute(integer(), { xml: 'x:a', eitherWay: true, aliases: ['b'] }) });
  const other = record({ a: element(integer(), { eitherWay: true, aliases: ['b'] }) });
  const strict = record({ a: attribute(string()), t: element(string()) }, { emptyIsAbsent: { null: {}, text: {} } });

  const table: readonly (readonly [string, Shape, string, unknown])[] = [
    ['a number without its white space and leading zeros', whole, '<r n=" -007 "/>', { n: -7 }],
    ['a decimal without leading zeros', number, '<r n="00.5"/>', { n: 0.5 }],
    ['a time with a T', time, '<r at="2014-04-17T10:00:00"/>', { at: '2014-04-17T10:00:00' }],
    [
      'a time with microseconds of zero',
      time,
      '<r at="2014-04-17 10:00:00.000000"/>',
      { at: '2014-04-17T10:00:00.000000' },
    ],
    [
      'a time without the zone that is in XML',
      timeWithOffset,
      '<r at="2014-04-17 10:00:00"/>',
      { at: '2014-04-17T10:00:00' },
    ],
    ['a date, which is no time', time, '<r at="2014-04-17 "/>', { at: '2014-04-17 ' }],
    ['nothing, whatever is in it', nothing(), '<r a="1"><b/>c</r>', null],
    ['an entry without a key', meta, '<r>1</r>', { '': '1' }],
    ['the last of a name that does not repeat', specs, '<r><a>1</a><b/><a>2</a></r>', { a: '2', b: '' }],
    ['one of a name that may repeat, which is no list', hints, '<r><a>1</a></r>', { a: '1' }],
    ['names that differ by their prefix', specs, '<r xmlns:p="u"><a>1</a><p:a>2</p:a></r>', { a: '1', 'p:a': '2' }],
    [
      'the last of a key whose value is in an attribute',
      limits,
      '<r><limit name="a" value="1"/><limit name="a" value="2"/></r>',
      { a: 2 },
    ],
    ['a map entry without its attribute', limits, '<r><limit name="a"/></r>', { a: null }],
    ['a map entry without its child', services, '<r><service name="a"><x/></service></r>', { a: null }],
    ['an attribute as an element', either, '<r><a>1</a></r>', { a: 1 }],
    ['an attribute that has both forms, itself first', either, '<r xmlns:x="u" x:a="1"><a>2</a></r>', { a: 1 }],
    ['an attribute by its other name before an element', either, '<r b="1"><a>2</a></r>', { a: 1 }],
    ['an element as an attribute', other, '<r a="1"/>', { a: 1 }],
    ['an element by the other name of the attribute', other, '<r b="1"/>', { a: 1 }],
    ['an element that has both forms, itself first', other, '<r a="1"><a>2</a></r>', { a: 2 }],
    ['neither form', either, '<r/>', {}],
    ['an empty attribute that is none', strict, '<r a=""/>', {}],
    ['an empty element that is none', strict, '<r a=" "><t/></r>', { a: ' ' }],
    ['an empty attribute elsewhere', record({ a: attribute(string()) }), '<r a=""/>', { a: '' }],
    [
      'a text in any case',
      record({ a: attribute(string({ oneOf: ['HARD'], anyCase: true })) }),
      '<r a="hArd"/>',
      { a: 'HARD' },
    ],
    ['a trimmed text', record({ t: text(string({ format: 'trimmed' })) }), '<r>\n a b \n</r>', { t: 'a b' }],
  ];
  for (const [title, shape, document, value] of table) {
    test(title, () => {
      const reading = freshReading();
      assert.deepEqual(fromXml(shape, document, reading), value);
    });
  }

  test('neither form of an either-way member is unknown', () => {
    const reading = freshReading();
    fromXml(either, '<r b="1"><a>2</a></r>', reading);
    fromXml(other, '<r b="1"><a>2</a></r>', reading);
    assert.deepEqual(reading.unknown, []);
  });

  test('the key of an entry is no unknown attribute of its record', () => {
    const reading = freshReading();
    const inner = record({ v: attribute(string()) });
    assert.deepEqual(fromXml(entry(inner, { key: 'k' }), '<r k="a" v="1" w="2"/>', reading), { a: { v: '1' } });
    assert.deepEqual(fromXml(dict(inner, { tag: 'e', key: 'k' }), '<r><e k="a" v="1"/></r>', reading), {
      a: { v: '1' },
    });
    assert.deepEqual(reading.unknown, ['r["a"].w']);
  });
});

describe('JSON is read in all its spellings', () => {
  const strict = record(
    { a: attribute(string()), b: attribute(string(), { nullable: true }) },
    { emptyIsAbsent: { null: {}, text: {} } },
  );
  const lenient = record({ a: attribute(string()) }, { mayBeNull: { null: refusedUnaided, text: refusedUnaided } });
  const table: readonly (readonly [string, Shape, string, unknown])[] = [
    ['a number as a text', whole, '{"n":" 007 "}', { n: 7 }],
    ['a time with a space', time, '{"at":"2014-04-17 10:00:00"}', { at: '2014-04-17T10:00:00' }],
    ['nothing, whatever it is', nothing(), '{"a":[1]}', null],
    ['one of a name that may repeat', hints, '{"a":["1"],"b":[]}', { a: ['1'], b: [] }],
    ['null that is no member', strict, '{"a":null}', {}],
    ['null that is one', strict, '{"b":null}', { b: null }],
    ['an empty text that is none', strict, '{"a":""}', {}],
    ['null that is an object', lenient, 'null', {}],
    ['an empty text that is an object', lenient, '""', {}],
    ['an item without what stands beside it', wrapped, '[{"thing":{"id":"1"},"more":1}]', [{ thing: { id: '1' } }]],
  ];
  for (const [title, shape, json, value] of table) {
    test(title, () => assert.deepEqual(fromJsonText(shape, json), value));
  }

  test('an unknown null is noted, and kept together with other unknown members', () => {
    const reading = freshReading({ keepUnknown: true });
    assert.deepEqual(fromJsonText(strict, '{"c":null}', reading), { c: null });
    assert.deepEqual(reading.unknown, ['r.c']);
  });
});
