import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { operations } from '../../src/compute/operations/operations.ts';
import type { Operation } from '../../src/compute/operation.ts';
import { resourceOf } from '../../src/http/answer/document/resource.ts';
import { sliced, writeDocument } from '../../src/http/answer/document/document.ts';
import { json } from '../../src/media/json.ts';
import { xml } from '../../src/media/xml.ts';
import { isFields } from '../../src/schema/fields.ts';
import { listKeyOf } from '../../src/schema/slices.ts';
import { toDocument } from '../../src/schema/json-document.ts';
import { textOf } from '../../src/schema/write/write-xml.ts';
import { isScalar, type Message, type Shape } from '../../src/schema/shapes.ts';
import { parseXml } from '../../src/xml/parse.ts';

/** Every JSON value that a cloud may have in a place where another is described. */
const oddities: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1.5,
  2 ** 70,
  '',
  'x',
  'a\u0001<&>"\'\u{1F600}\uD800',
  [],
  [null],
  ['x', 7, true],
  [[]],
  [{}],
  [{ a: 'b' }],
  [{ a: [{ b: 1 }] }, { a: [2] }],
  {},
  { a: 'b' },
  { 'a b\u0001': [] },
  { __proto__x: { constructor: [] } },
  { links: [{ href: 7 }, null], 'a:b': {} },
  JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`),
];

/** A value of a shape with every member, each list and map with two entries. */
function sampleOf(shape: Shape): unknown {
  switch (shape.kind) {
    case 'record':
      return Object.fromEntries(Object.entries(shape.members).map(([key, member]) => [key, sampleOf(member.shape)]));
    case 'list': {
      const item = sampleOf(shape.item);
      return [item, structuredClone(item)].map((one) => (shape.wrapped === undefined ? one : { [shape.wrapped]: one }));
    }
    case 'dict':
    case 'named':
      return { first: sampleOf(shape.value), second: sampleOf(shape.value) };
    case 'entry':
      return { only: sampleOf(shape.value) };
    case 'nothing':
      return null;
    case 'string':
    case 'base64':
    case 'datetime':
      return 'good';
    case 'integer':
    case 'decimal':
      return 7;
    case 'boolean':
      return true;
    default:
      return shape satisfies never;
  }
}

/** Every value in which one place of a value, at any depth, has something else. */
function* withOdd(value: unknown, odd: unknown): Generator {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    for (const [at, item] of items.entries()) {
      yield items.with(at, odd);
      for (const other of withOdd(item, odd)) yield items.with(at, other);
    }
  } else if (isFields(value)) {
    for (const [key, content] of Object.entries(value)) {
      yield { ...value, [key]: odd };
      for (const other of withOdd(content, odd)) yield { ...value, [key]: other };
    }
  }
}

const links = { publicUrl: 'http://gateway', version: 'v2', cloudPath: '' };
const times = { timeSliceMs: 1000, unreadBodyMs: 1000 };

async function written(operation: Operation, document: unknown): Promise<string | undefined> {
  const answer = { status: 200, headers: {}, body: Buffer.from(JSON.stringify(document)) };
  const resource = resourceOf(answer, operation, () => []);
  if (resource === undefined) return undefined;
  const inJson = await writeDocument(
    sliced(resource, true),
    { type: '', compose: (message) => json.compose(message), links },
    times,
  );
  JSON.parse(textOf(inJson.document));
  const again = resourceOf(answer, operation, () => []);
  assert.ok(again);
  const inXml = await writeDocument(
    sliced(again, true),
    { type: '', compose: (message) => xml.compose(message), links },
    times,
  );
  return textOf(inXml.document);
}

/** The places in which another kind makes another document: the content itself, and the list of which a document consists. */
function isWhole(message: Message, odd: unknown, content: unknown): boolean {
  if (message.content.kind !== 'record') return false;
  const required = Object.entries(message.content.members).filter(
    ([, { required, shape }]) => required === true && !isScalar(shape),
  );
  return required.some(([key]) => isFields(content) && content[key] === odd);
}

const answered: readonly Operation[] = (operations as readonly Operation[]).filter(
  ({ answer }) => answer !== undefined,
);

test('every operation with an answer has places', () => assert.ok(answered.length > 90));

for (const operation of answered) {
  const message = operation.answer;
  if (message === undefined || message.isRootless === true) continue;
  test(`whatever is in one place of the answer of ${operation.name}, it is a document, and the rest of it stays`, async () => {
    const sample = sampleOf(message.content);
    const usual = await written(operation, toDocument(message, sample));
    assert.ok(usual);
    const { children } = parseXml(Buffer.from(usual));
    // A list has two equal items, and only one of them is changed.
    const item = listKeyOf(message) === undefined ? undefined : children[0];
    let places = 0;
    for (const odd of oddities) {
      for (const content of withOdd(sample, odd)) {
        if (isWhole(message, odd, content) || isEntryOfAnother(message, content)) continue;
        const document = await written(operation, toDocument(message, content));
        assert.ok(document, JSON.stringify(content));
        const root = parseXml(Buffer.from(document));
        assert.equal(root.name, message.root);
        if (item !== undefined)
          assert.ok(
            root.children.some((child) => isDeepStrictEqual(child, item)),
            document,
          );
        places += 1;
      }
    }
    assert.equal(places > 0, isFields(sample) || Array.isArray(sample));
  });
}

/** Check for a document that consists of one entry, whose list is of another kind: it may be any document. */
function isEntryOfAnother({ content: { kind }, isBare }: Message, content: unknown): boolean {
  if (!isFields(content)) return false;
  const values = Object.values(content);
  if (kind === 'entry') return !values.every(Array.isArray);
  return kind === 'named' && isBare === true && values.every((value) => typeof value === 'object' && value !== null);
}
