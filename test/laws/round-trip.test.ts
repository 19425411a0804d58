import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { json } from '../../src/media/json.ts';
import { xml } from '../../src/media/xml.ts';
import type { Codec, ParsedBody } from '../../src/media/codec.ts';
import type { Message } from '../../src/schema/shapes.ts';
import { freshReading } from '../schema/fresh-reading.ts';
import { inJson, inXml, valuesOf } from './arbitrary.ts';
import { besidesOf } from './besides.ts';
import { holds, messages } from './law.ts';
import { write } from '../support/write.ts';

for (const { title, message, share } of messages) {
  test(`${title} is read from XML unchanged after writing`, () => {
    holds(
      300 * share,
      fc.property(valuesOf(message.content, inXml), (value) => {
        assert.deepEqual(thereAndBack(xml, message, value), value);
      }),
    );
  });

  test(`${title} is read from JSON unchanged after writing`, () => {
    holds(
      300 * share,
      fc.property(valuesOf(message.content, inJson), (value) => {
        assert.deepEqual(thereAndBack(json, message, value), value);
      }),
    );
  });

  test(`${title} is the same value in XML and in JSON`, () => {
    holds(
      150 * share,
      fc.property(valuesOf(message.content, inXml), (value) => {
        assert.deepEqual(thereAndBack(xml, message, value), thereAndBack(json, message, value));
      }),
    );
  });

  if (message.content.kind === 'record') {
    test(`${title} is written as the same XML in any order of its members`, () => {
      holds(
        100 * share,
        fc.property(valuesOf(message.content, inXml), (value) => {
          const reversed = Object.fromEntries(Object.entries(value as object).toReversed());
          assert.equal(write(xml, message, reversed).document, write(xml, message, value).document);
        }),
      );
    });
  }

  if (message.isBare !== true) {
    test(`${title} is the action that its documents ask for`, () => {
      holds(
        100 * share,
        fc.property(valuesOf(message.content, inXml), (value) => {
          assert.equal(open(xml, message, value).action(), message.root);
          const alone = Object.keys(value ?? {}).every((key) => !besidesOf(message).has(key));
          if (alone) assert.equal(open(json, message, value).action(), message.root);
        }),
      );
    });
  }
}

function open(codec: Codec, message: Message, value: unknown): ParsedBody {
  const { document, repaired } = write(codec, message, value);
  assert.equal(repaired, false);
  return codec.open(Buffer.from(document));
}

function thereAndBack(codec: Codec, message: Message, value: unknown): unknown {
  const opened = open(codec, message, value);
  const reading = freshReading();
  const read = opened.readAs(message, reading);
  assert.deepEqual(reading.unknown, []);
  return read;
}
