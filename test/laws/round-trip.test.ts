import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { json } from '../../src/media/json.ts';
import { xml } from '../../src/media/xml.ts';
import type { Codec } from '../../src/media/codec.ts';
import type { Message } from '../../src/schema/shapes.ts';
import { freshReading } from '../schema/fresh-reading.ts';
import { inJson, inXml, valuesOf } from './arbitrary.ts';
import { holds, messages } from './law.ts';

for (const { title, message } of messages) {
  test(`${title} is read from XML as it was written`, () => {
    holds(
      300,
      fc.property(valuesOf(message.content, inXml), (value) => {
        assert.deepEqual(thereAndBack(xml, message, value), value);
      }),
    );
  });

  test(`${title} is read from JSON as it was written`, () => {
    holds(
      300,
      fc.property(valuesOf(message.content, inJson), (value) => {
        assert.deepEqual(thereAndBack(json, message, value), value);
      }),
    );
  });

  test(`${title} is the same value in XML and in JSON`, () => {
    holds(
      150,
      fc.property(valuesOf(message.content, inXml), (value) => {
        assert.deepEqual(thereAndBack(xml, message, value), thereAndBack(json, message, value));
      }),
    );
  });

  test(`${title} is written in XML alike, whatever the order of its members`, () => {
    holds(
      100,
      fc.property(valuesOf(message.content, inXml), (value) => {
        const reversed = Object.fromEntries(Object.entries(value as object).toReversed());
        assert.equal(xml.write(message, reversed).document, xml.write(message, value).document);
      }),
    );
  });
}

function thereAndBack(codec: Codec, message: Message, value: unknown): unknown {
  const { document, repaired } = codec.write(message, value);
  assert.equal(repaired, false);
  const opened = codec.open(Buffer.from(document));
  assert.equal(opened.root, message.root);
  const reading = freshReading();
  const read = opened.readAs(message, reading);
  assert.deepEqual(reading.unknown, []);
  return read;
}
