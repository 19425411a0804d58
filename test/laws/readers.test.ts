import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Fault } from '../../src/fault.ts';
import { json } from '../../src/media/json.ts';
import { xml } from '../../src/media/xml.ts';
import { quotaNames } from '../../src/fault-reasons.ts';
import { jsonReader } from '../../src/schema/read/read-json.ts';
import { xmlReader } from '../../src/schema/read/read-xml.ts';
import type { Message } from '../../src/schema/shapes.ts';
import { MalformedXml } from '../../src/xml/malformed-xml.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { freshReading } from '../schema/fresh-reading.ts';
import { fromClouds, inXml, valuesOf } from './arbitrary.ts';
import { holds, messages } from './law.ts';
import { anyText } from './texts.ts';
import { treesOf } from './tree.ts';
import { write } from '../support/write.ts';

/** The lowest limit for each quota, so that most values exceed it. */
const limits = new Map(quotaNames.map((name) => [name, 1]));

for (const { title, message, share } of messages) {
  test(`reading any JSON as ${title} gives a value or a fault`, () => {
    const read = jsonReader(message.content);
    holds(
      500 * share,
      fc.property(
        fc.oneof(fc.jsonValue(), valuesOf(message.content, fromClouds)),
        fc.boolean(),
        fc.boolean(),
        (value, keepUnknown, isLimited) => {
          const rules = isLimited ? { keepUnknown, limits } : { keepUnknown };
          valueOrFault(message, () => read(value, message.root, freshReading(rules)));
        },
      ),
    );
  });

  test(`reading any bytes as ${title} in JSON gives a value or a fault`, () => {
    const bodies = fc.oneof(
      fc.json().map((text) => Buffer.from(text)),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify({ [message.root]: value }))),
      valuesOf(message.content, fromClouds).map((value) => Buffer.from(write(json, message, value).document)),
      anyText.map((text) => Buffer.from(text)),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    holds(
      400 * share,
      fc.property(bodies, (body) => {
        valueOrFault(message, () => json.open(body).readAs(message, freshReading()));
        valueOrFault(message, () => json.open(body).action());
      }),
    );
  });

  test(`reading any tree as ${title} in XML gives a value or a fault`, () => {
    const read = xmlReader(message.content);
    holds(
      500 * share,
      fc.property(treesOf(message), fc.boolean(), (tree, isLimited) => {
        valueOrFault(message, () => read(tree, message.root, freshReading(isLimited ? { limits } : {})));
      }),
    );
  });

  test(`reading ${title} in XML with any bytes replaced gives a value or a fault`, () => {
    holds(
      400 * share,
      fc.property(spoiltDocuments(message), (body) => {
        valueOrFault(message, () => xml.open(body).readAs(message, freshReading()));
      }),
    );
  });
}

test('the XML parser reads any bytes to a tree, or refuses them as malformed', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((given) => Buffer.from(given)),
    anyText.map((text) => Buffer.from(text)),
    anyText.map((text) => Buffer.from(`\uFEFF<a>${text}</a>`, 'utf16le')),
    fc.tuple(fc.constantFrom(...markup), fc.array(fc.constantFrom(...markup))).map((parts) => soup(parts)),
  );
  holds(
    1500,
    fc.property(bytes, (given) => {
      try {
        parseXml(given);
      } catch (error) {
        assert.ok(error instanceof MalformedXml, String(error));
      }
    }),
  );
});

const markup = [
  '<?xml version="1.0"?>',
  '<a>',
  '</a>',
  '<a',
  ' b="',
  '"',
  '/>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
].concat([
  '<?pi ',
  '?>',
  '&#',
  'x41;',
  '&amp;',
  '<!DOCTYPE a',
  '<!ENTITY x "y">',
  ' xmlns:p="u"',
  '<p:a/>',
  '\uFEFF',
  '\0',
  '\r',
]);

function soup([first, rest]: readonly [string, readonly string[]]): Buffer {
  return Buffer.from(first + rest.join(''));
}

/** A well-formed document, a part of which is replaced by any bytes. */
function spoiltDocuments(message: Message): fc.Arbitrary<Buffer> {
  return fc
    .tuple(valuesOf(message.content, inXml), fc.nat(), fc.nat({ max: 8 }), fc.uint8Array({ maxLength: 6 }))
    .map(([value, at, length, bytes]) => {
      const document = Buffer.from(write(xml, message, value).document);
      const start = at % document.length;
      return Buffer.concat([document.subarray(0, start), bytes, document.subarray(start + length)]);
    });
}

function valueOrFault({ mismatch = 400 }: Message, read: () => unknown): void {
  try {
    assert.notEqual(read(), undefined);
  } catch (error) {
    assert.ok(error instanceof Fault, String(error));
    assert.ok([400, 404, 413, mismatch].includes(error.status), `${error.status} is no fault of a body`);
  }
}
