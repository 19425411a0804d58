import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { rebuild } from '../../src/compute/operations/rebuild.ts';
import type { QuotaName } from '../../src/fault-reasons.ts';
import { Fault } from '../../src/fault.ts';
import { xml } from '../../src/media/xml.ts';
import { jsonBytes } from '../../src/schema/json-bytes.ts';
import { xmlReader } from '../../src/schema/read/read-xml.ts';
import type { Reading } from '../../src/schema/read/reading.ts';
import { MalformedXml } from '../../src/xml/malformed-xml.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { scanXml, type ScannedElement } from '../../src/xml/scan/scan.ts';
import { freshReading } from '../schema/fresh-reading.ts';
import { fateOf } from '../xml/agreement.ts';
import { holds } from './law.ts';

const message = rebuild.request;
const bytes = Buffer.from(Uint8Array.from({ length: 60_000 }, (_, at) => (at * 7 + (at >> 8) * 13) & 0xff));

function inLines(bare: string, width: number, gap: string): string {
  return (bare.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(gap);
}

/** Base64 in some layout, of a size around the threshold of long texts. */
const base64 = fc
  .tuple(
    fc.oneof(fc.integer({ min: 5900, max: 6300 }), fc.integer({ min: 6200, max: 60_000 })),
    fc.oneof(fc.constantFrom(48, 64, 76, 100_000), fc.integer({ min: 3, max: 1100 })),
    fc.constantFrom('\n', '\n', '\r\n', '\n        ', '\n\t', ' ', '\r'),
    fc.constantFrom('', '\n', '\r\n    '),
    fc.constantFrom('', '\n', '\n  \t'),
  )
  .map(([size, width, gap, before, behind]) => {
    return before + inLines(bytes.toString('base64', 0, size), width, gap) + behind;
  });

/** Replacements of a part of a text: valid ones, invalid ones, and those that only the strict parser reads. */
const put = fc.oneof(
  fc.constantFrom('', 'A', '=', '-', '_', ' ', '\n', '\r\n', 'é', '>', '.', '&#65;', '&amp;', '\u0085', '\u{1F600}'),
  fc.constantFrom('<b/>', '<b>x</b>', '<!-- > -->', '<![CDATA[QUJD]]>', '<?p > ?>'),
  fc.constantFrom('\0', '\v', '<', '&', '&x;', ']]>', '\uFEFF', '\uFFFE', '<b a="', '</file>', '<!--', '<![CDATA['),
);

const text = fc.oneof(
  { arbitrary: base64, weight: 3 },
  {
    arbitrary: fc.tuple(base64, put, fc.nat(), fc.nat({ max: 2 })).map(([whole, change, place, left]) => {
      const at = place % (whole.length + 1);
      return whole.slice(0, at) + change + whole.slice(at + left);
    }),
    weight: 1,
  },
);

const files = fc
  .array(
    fc.tuple(
      text,
      fc.constantFrom(
        ' path="/a"',
        ' path="/b"',
        ' path="/c"',
        ' path="/>"',
        " path='>é'",
        ' path="/a" >',
        '',
        '/',
        ' path="a&gt;"',
        ' path="<',
      ),
      fc.constantFrom('\n', '', 'é', 'x > y', '\r\n'),
    ),
    { maxLength: 3 },
  )
  .map((all) => all.map(([inner, attributes, behind]) => `<file${attributes}>${inner}</file>${behind}`).join(''));

/** Documents with long texts in files and in other places. */
const documents = fc
  .tuple(
    fc.constantFrom('', '', '', '', '<?xml version="1.0"?>\r\n', '<!-- > -->', '\uFEFF'),
    fc.oneof({ arbitrary: fc.constant(''), weight: 8 }, fc.constantFrom('before', 'around', 'behind', 'value', 'name')),
    base64,
    files,
  )
  .map(([declaration, place, elsewhere, inner]) => {
    const at = (name: string): string => (place === name ? elsewhere : '');
    const start = `<rebuild imageRef="70a599e0-31e7-49b7-b260-868f441e862b" name="n${at('value')}">`;
    return `${declaration}${at('before')}${start}${at('around')}<personality>${inner}</personality>${at('name') && `<b>${at('name')}</b>`}</rebuild>${at('behind')}`;
  });

/** The outcome of a reading: a value or a fault. */
function outcomeOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedXml) return { status: 400, message: Fault.malformed(error.message).message };
    assert.ok(error instanceof Fault, String(error));
    return { status: error.status, message: error.message };
  }
}

const slowReader = xmlReader(message.content);

function slowly(document: Buffer, reading: Reading): unknown {
  const root = parseXml(document);
  if (root.name !== message.root) throw Fault.otherRoot(message);
  return slowReader(root, message.root, reading);
}

/** Assert that a document is read as by the strict parser, and tell whether a long text of it was split off. */
function isSplitOff(document: string, most: number): boolean {
  const body = Buffer.from(document);
  const limits = new Map<QuotaName, number>([['personality.maxContentsCharacters', most]]);
  const [reading, slow] = [freshReading({ limits }), freshReading({ limits })];
  const value = outcomeOf(() => xml.open(body).readAs(message, reading));
  assert.deepEqual(
    value,
    outcomeOf(() => slowly(body, slow)),
  );
  assert.deepEqual(reading.unknown, slow.unknown);
  assert.deepEqual(jsonBytes({ value }, reading.verbatim), Buffer.from(JSON.stringify({ value })));
  fateOf(body);
  return holdsLong(scanXml(body));
}

function holdsLong(element: ScannedElement | undefined): boolean {
  return element !== undefined && (typeof element.text !== 'string' || element.children.some(holdsLong));
}

test('a document with any long texts is read as the strict parser and the slow check read it', () => {
  let splitOff = 0;
  holds(
    3000,
    fc.property(documents, fc.integer({ min: 7000, max: 60_000 }), (document, most) => {
      if (isSplitOff(document, most)) splitOff += 1;
    }),
  );
  assert.ok(splitOff > 300, String(splitOff));
});

test('a file of exactly the limit is accepted, and one character more is refused', () => {
  for (const gap of ['\n', '\r\n', '\n        ', '\r', '\n\r\n']) {
    const inner = `\r\n${inLines(bytes.toString('base64'), 76, gap)}\r\n`;
    const document = `<rebuild imageRef="x"><personality><file path="/a">${inner}</file></personality></rebuild>`;
    const length = inner.replace(/\r\n?/g, '\n').length;
    for (const most of [length - 1, length, length + 1]) assert.ok(isSplitOff(document, most));
  }
});

test('a long text before other texts of an element is a part of its text', () => {
  const [one, two] = [bytes.toString('base64'), inLines(bytes.toString('base64'), 76, '\r\n')];
  const document = `<a>${one}<b>${two}</b>\n${two}<c/>${one}<d/>x</a>`;
  assert.equal(fateOf(document), 'scanned');
  const root = scanXml(Buffer.from(document));
  assert.deepEqual([typeof root?.text, typeof root?.children[0]?.text], ['string', 'object']);
});

test('a long run of base64 that is no text of an element is not split off', () => {
  const long = bytes.toString('base64');
  for (const document of [
    `<?xml version="1.0"?>${long}<a/>`,
    `${long}<a/>`,
    `<a/>${long}`,
    `<a/>${long}<b/>`,
    `<a b=">${long}<"/>`,
    `<a b=">" ${long}<c/></a>`,
    `<a>${long}`,
    `<a></a>${long}</a>`,
  ])
    assert.notEqual(fateOf(document), 'scanned', document.slice(0, 40));
  for (const document of [
    `<a b="${long}"/>`,
    `<a b=">${long}"/>`,
    `<a b=">">${long}</a>`,
    `<a>x>${long}</a>`,
    `<a>é<b/>${long}<c/>\u2028</a>`,
  ])
    assert.equal(fateOf(document), 'scanned', document.slice(0, 40));
});
