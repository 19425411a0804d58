import assert from 'node:assert/strict';
import { MalformedXml } from '../../src/xml/malformed-xml.ts';
import type { XmlElement } from '../../src/xml/element.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { scanXml, type ScannedElement } from '../../src/xml/scan/scan.ts';

/** The fate of a document: scanned, or left to the strict parser, which reads or refuses it. */
export type Fate = 'scanned' | 'parsed' | 'refused';

/** Assert that the scanner agrees with the strict parser: a document that is scanned gives exactly the tree that is parsed. */
export function fateOf(document: Buffer | string): Fate {
  const bytes = Buffer.from(document);
  const scanned = scanXml(bytes);
  const parsed = parsedOrRefused(bytes);
  if (scanned === undefined) return parsed === undefined ? 'refused' : 'parsed';
  assert.deepEqual(wholly(scanned), parsed, bytes.toString('latin1').slice(0, 2000));
  return 'scanned';
}

/** Convert the long texts of a tree to strings, and assert that each has the length that it reported. */
function wholly({ children, text, ...element }: ScannedElement): XmlElement {
  const whole = text.toString();
  assert.equal(whole.length, text.length);
  if (typeof text !== 'string') assert.equal(text.pieces.join(''), whole.replace(/[\t\n ]/g, ''));
  return { ...element, children: children.map(wholly), text: whole };
}

function parsedOrRefused(bytes: Buffer): XmlElement | undefined {
  try {
    return parseXml(bytes);
  } catch (error) {
    assert.ok(error instanceof MalformedXml, String(error));
    return undefined;
  }
}
