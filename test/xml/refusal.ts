import assert from 'node:assert/strict';
import { MalformedXml } from '../../src/xml/malformed-xml.ts';
import type { XmlElement } from '../../src/xml/element.ts';
import { parseXml } from '../../src/xml/parse.ts';

/** Parse a document in UTF-8. */
export function parse(document: string): XmlElement {
  return parseXml(Buffer.from(document));
}

/** Assert that a document is refused as malformed, with the given reason. */
export function assertRefused(document: string | Buffer, reason: RegExp = /./): void {
  assert.throws(
    () => parseXml(Buffer.from(document)),
    (error) => error instanceof MalformedXml && reason.test(error.message),
  );
}
