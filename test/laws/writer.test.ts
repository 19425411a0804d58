import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Fault } from '../../src/fault.ts';
import { json } from '../../src/media/json.ts';
import { xml } from '../../src/media/xml.ts';
import { isFields } from '../../src/schema/fields.ts';
import type { Message } from '../../src/schema/shapes.ts';
import { listKeyOf, slicesOf } from '../../src/schema/slices.ts';
import { xmlComposer } from '../../src/schema/write/write-xml.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { fromClouds, inXml, valuesOf } from './arbitrary.ts';
import { besidesOf } from './besides.ts';
import { holds, messages } from './law.ts';
import { referenceDocument } from './reference-writer.ts';
import { anyText } from './texts.ts';
import { write, writeSlices } from '../support/write.ts';

for (const { title, message, share } of messages) {
  test(`${title} with any values of a cloud is written as well-formed XML`, () => {
    holds(
      400 * share,
      fc.property(valuesOf(message.content, fromClouds), (value) => {
        const { name } = parseXml(Buffer.from(write(xml, message, value).document));
        if (message.isRootless !== true) assert.equal(name, message.root);
      }),
    );
  });

  test(`${title} with values of another kind is written as well-formed XML nevertheless`, () => {
    holds(
      400 * share,
      fc.property(fc.oneof(fc.jsonValue(), misshapen(valuesOf(message.content, fromClouds))), (value) => {
        // A rootless document has no other root than the only name in it.
        if (message.isRootless === true && !isOneText(value)) return;
        const { name } = parseXml(Buffer.from(write(xml, message, value).document));
        if (message.isRootless !== true) assert.equal(name, message.root);
      }),
    );
  });

  test(`${title} is what xmlbuilder2 prints from the same description`, () => {
    holds(
      150 * share,
      fc.property(fc.oneof(valuesOf(message.content, inXml), valuesOf(message.content, fromClouds)), (value) => {
        const { document, repaired } = write(xml, message, value);
        const reference = referenceDocument(message, value);
        assert.equal(isDeclared(document), isDeclared(reference.document));
        assert.deepEqual(parseXml(Buffer.from(document)), parseXml(Buffer.from(reference.document)));
        assert.equal(repaired, reference.repaired);
      }),
    );
  });

  if (listKeyOf(message) !== undefined) {
    test(`${title} with a list of any length is the same document in slices as in one piece`, () => {
      const compose = xmlComposer(message);
      holds(
        100 * share,
        fc.property(valuesOf(message.content, inXml), fc.nat({ max: 12 }), (value, times) => {
          const whole = lengthened(message, value, times);
          assert.deepEqual(writeSlices(compose(), slicesOf(message, whole)), write(xml, message, whole));
        }),
      );
    });
  }

  test(`${title} with any values of a cloud is written as JSON`, () => {
    holds(
      200 * share,
      fc.property(fc.oneof(fc.jsonValue(), valuesOf(message.content, fromClouds)), (value) => {
        const written: unknown = JSON.parse(write(json, message, value).document);
        if (message.isBare === true) {
          assert.deepEqual(isFields(written), isFields(value));
          return;
        }
        const given = new Set(Object.keys(isFields(value) ? value : {}));
        const beside = besidesOf(message).intersection(given);
        assert.deepEqual(new Set(Object.keys(written as object)), beside.union(new Set([message.root])));
      }),
    );
  });
}

test('a fault with any message is well-formed XML that contains the message', () => {
  holds(
    400,
    fc.property(fc.integer({ min: 400, max: 599 }), anyText, fc.option(anyText), (status, message, retryAfter) => {
      const fault = new Fault(status, message, { reason: 'cloud-refusal', retryAfter: retryAfter ?? undefined });
      const root = parseXml(Buffer.from(xml.writeFault(fault)));
      assert.equal(root.name, fault.title);
      assert.equal(root.children[0]?.text, legible(message));
      assert.equal(root.children[1]?.text, fault.documentedRetryAfter && legible(fault.documentedRetryAfter));
    }),
  );
});

/** Replace one member of the value, at any depth, by any JSON. */
function misshapen(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(values, fc.nat(), fc.jsonValue({ maxDepth: 2 })).map(([value, at, odd]) => {
    let left = at % 12;
    return JSON.parse(JSON.stringify(value), (_, inner: unknown) => (left-- === 0 ? odd : inner)) as unknown;
  });
}

/** Repeat the list of a value a number of times. */
function lengthened(message: Message, value: unknown, times: number): unknown {
  const repeated = (items: unknown): unknown =>
    Array.isArray(items) ? Array.from({ length: times }, (): unknown[] => items).flat() : items;
  const key = listKeyOf(message);
  if (message.content.kind === 'list' || key === undefined || !isFields(value)) return repeated(value);
  return { ...value, [key]: repeated(value[key]) };
}

function isOneText(value: unknown): boolean {
  return isFields(value) && Object.keys(value).length === 1;
}

function isDeclared(document: string): boolean {
  return document.startsWith('<?xml ');
}

function legible(text: string): string {
  return Array.from(text.toWellFormed(), (character) =>
    /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(character) ? '\uFFFD' : character,
  ).join('');
}
