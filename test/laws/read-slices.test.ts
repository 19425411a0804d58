import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { digitsOf } from '../../src/schema/exact-json.ts';
import { isFields } from '../../src/schema/fields.ts';
import { hasOutline } from '../../src/schema/outline.ts';
import { fromDocument, toDocument } from '../../src/schema/json-document.ts';
import { isTooDeep } from '../../src/schema/nesting.ts';
import { NotSliced, readSlices } from '../../src/schema/read/read-slices.ts';
import type { Message } from '../../src/schema/shapes.ts';
import { listKeyOf, slicesOf } from '../../src/schema/slices.ts';
import { documentOf } from '../../src/upstream/cloud-answer.ts';
import { mutated, mutations } from '../promises/mutations.ts';
import { fromClouds, valuesOf } from './arbitrary.ts';
import { holds, messages } from './law.ts';

/** Read a document slice by slice; undefined if that is refused. */
function readByItems(message: Message, json: Buffer): string[] | undefined {
  try {
    return Array.from(readSlices(message, json), (slice) => JSON.stringify(slice));
  } catch (error) {
    assert.ok(error instanceof NotSliced, String(error));
    return undefined;
  }
}

/** Cut a document that is parsed as a whole into slices; undefined if it is refused. */
function readAtOnce(message: Message, json: Buffer): string[] | undefined {
  const document = documentOf({ body: json });
  const content = document && fromDocument(message, document);
  if (!hasOutline(message)(content)) return undefined;
  const slices = [...slicesOf(message, content)];
  return slices.some(({ value }) => isTooDeep(value)) ? undefined : slices.map((slice) => JSON.stringify(slice));
}

/** Assert that both ways give the same slices, and tell whether the document was read slice by slice. */
function agrees(message: Message, json: Buffer | string): boolean {
  const bytes = Buffer.from(json);
  const byItems = readByItems(message, bytes);
  if (byItems !== undefined) assert.deepEqual(byItems, readAtOnce(message, bytes), bytes.toString('latin1'));
  return byItems !== undefined;
}

function isObject(item: unknown): boolean {
  return isFields(item) && digitsOf(item) === undefined;
}

/** Make a document with a number of items in its list, all of them objects. */
function lengthened(message: Message, value: unknown, times: number): unknown {
  const repeat = (items: unknown): unknown =>
    Array.isArray(items) ? Array.from({ length: times }, (): unknown[] => items.filter(isObject)).flat() : items;
  const key = listKeyOf(message);
  if (message.content.kind === 'list' || key === undefined || !isFields(value)) return repeat(value);
  return { ...value, [key]: repeat(value[key]) };
}

const lists = messages.filter(({ message }) => listKeyOf(message) !== undefined);

for (const { title, message, share } of lists) {
  const indents = fc.constantFrom('', ' ', '\n', '\t ');
  test(`${title} with any values of a cloud is read slice by slice as it is read as a whole`, () => {
    let [read, long] = [0, 0];
    holds(
      200 * share,
      fc.property(valuesOf(message.content, fromClouds), fc.nat({ max: 12 }), indents, (value, times, indent) => {
        const whole = lengthened(message, value, times);
        if ([...slicesOf(message, whole)].length > 1) long += 1;
        if (agrees(message, JSON.stringify(toDocument(message, whole), undefined, indent))) read += 1;
      }),
    );
    assert.ok(read > 0 || long === 0, 'none is');
  });

  test(`${title} with any defect is read slice by slice as it is read as a whole, or not sliced`, () => {
    holds(
      400 * share,
      fc.property(valuesOf(message.content, fromClouds), fc.nat({ max: 4 }), mutations, (value, times, changes) => {
        const json = Buffer.from(JSON.stringify(toDocument(message, lengthened(message, value, times))));
        agrees(message, mutated(json, changes));
      }),
    );
  });
}

const servers = lists.find(({ title }) => title === 'the answer of listServers');
const addresses = lists.find(({ title }) => title === 'the answer of listFloatingIps');
assert.ok(servers && addresses);

/** Pieces of lists, some of them odd. */
const pieces = fc.oneof(
  { arbitrary: fc.constantFrom('{"id":"1"}', '{}', ',', '{"a":[1.0,{}]}', '{"id":"],[}{"}', ' ', '\n'), weight: 6 },
  {
    arbitrary: fc.constantFrom('[', ']', '{', '}', ':', '"', '"servers"', '"servers":[', '"servers":', 'null'),
    weight: 3,
  },
  {
    arbitrary: fc.constantFrom('\\', '\\"', '\\u005b', '1.0', '-0', '1e5', 'é', '\uFEFF', '\0', '"__proto__":1'),
    weight: 2,
  },
);

test('a list of any pieces is read slice by slice as it is read as a whole, or not sliced', () => {
  holds(
    20_000,
    fc.property(fc.array(pieces, { maxLength: 14 }), fc.array(pieces, { maxLength: 4 }), (inside, around) => {
      const list = inside.join('');
      agrees(servers.message, `{"servers":[${list}]}`);
      agrees(servers.message, `{"servers":[{},${list},{}],"servers_links":[]}`);
      agrees(servers.message, `{"servers":[{"id":"1"}]${around.join('')}}`);
      agrees(servers.message, `{${around.join('')}"servers":[{"id":"1"}]}`);
      agrees(servers.message, list + around.join(''));
    }),
  );
});

const many = (count: number): string => Array.from({ length: count }, (_, id) => `{"id":"${id}"}`).join(',');
const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

const read: readonly string[] = [
  `{"servers":[${many(1)}]}`,
  `{"servers":[${many(10)}]}`,
  `{"servers":[${many(11)}]}`,
  ` {\n"servers" :\t[ ${many(25)} ]\r\n, "servers_links" : [ {"rel":"next","href":"/"} ] } `,
  `{"servers_links":[],"servers":[${many(25)}]}`,
  `{"servers":[{"id":"\\"]}"},{"id":"\\\\"},{"a":{"servers":[{}]}}],"__proto__":{"servers":1}}`,
  `{"servers":[{"__proto__":1.0,"id":9223372036854775808,"id":1.50}],"x":1.0}`,
  `{"servers":[{"id":"é😀"}]}`,
  `{"servers":7,"servers":[{}]}`,
];
const notRead: readonly (string | Buffer)[] = [
  '',
  '[]',
  '{"servers":[]}',
  '{"servers":{}}',
  '{"servers":null}',
  '{"flavors":[{}]}',
  '{"servers":[{},1]}',
  '{"servers":[{},null]}',
  '{"servers":[[]]}',
  '{"servers":[{},]}',
  '{"servers":[,{}]}',
  '{"servers":[{},,{}]}',
  '{"servers":[{} {}]}',
  '{"servers":[{}],}',
  '{"servers":[{}]]}',
  '{"servers":[{}}',
  '{"servers":[{}]} {}',
  '{"servers":[{]}]}',
  '{"a":{"servers":[{}]}}',
  '{"servers":{"a":[{}]}}',
  '{"x":"\\"servers\\":[{}]"}',
  // The last of two equal keys counts.
  '{"servers":[{}],"servers":[{},{}]}',
  '{"servers":[{}],"servers":[]}',
  '{"servers":[{}],"servers":null}',
  '{"servers":[{}],"serv\\u0065rs":[]}',
  // Brackets that look like the list.
  '{"serv\\u0065rs":[],"x":"servers","y":[{}]}',
  '{"x":["servers"],"y":[{}]}',
  '\uFEFF{"servers":[{}]}',
  Buffer.from('{"servers":[{"id":"\xff"}]}', 'latin1'),
  Buffer.from('{"servers":[{"id":"\xed\xa0\x80"}]}', 'latin1'),
  `{"servers":[${deep(40)}]}`,
  `{"servers":[{}],"a":${deep(70)}}`,
  `{"a":"${'x'.repeat(70_000)}","servers":[{}]}`,
  `{"servers":[{}],"a":"${'x'.repeat(70_000)}"}`,
  `{"servers":[{"id":"${'x'.repeat(99)}`,
  `{"servers":[{"id":"${'x'.repeat(99)}\\`,
];

for (const json of read) {
  test(`it is read slice by slice: ${json.slice(0, 80)}`, () => {
    assert.ok(agrees(servers.message, json));
  });
}
for (const json of notRead) {
  test(`it is not sliced: ${json.toString('latin1').slice(0, 80)}`, () => {
    assert.ok(!agrees(servers.message, json));
  });
}

test('a list that is the whole content is read slice by slice', () => {
  assert.ok(agrees(addresses.message, `{"floating_ips":[${many(30)}],"x":1.0}`));
});
