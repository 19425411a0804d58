import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MalformedXml } from '../../src/xml/malformed-xml.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { suiteDocuments, type SuiteDocument } from './w3c-suite.ts';

/** Documents of XML 1.1 and its namespaces. This gateway reads XML 1.0 (fifth edition); no client writes XML 1.1. */
const isLater = ({ recommendation }: SuiteDocument): boolean => recommendation.endsWith('1.1');

/** Documents of plain UTF-8 without a DTD: no `doctype` in any case. */
const isPlainText = ({ bytes }: SuiteDocument): boolean =>
  Buffer.from(bytes.toString('utf8')).equals(bytes) && !/<!doctype/i.test(bytes.toString('utf8'));

/** Documents whose names have colons that XML 1.0 allows and XML namespaces forbid; the parser always checks namespaces. */
const namesWithColons = ['o-p04pass1', 'o-p05pass1'];

/**
 * Documents that only XML 1.1 refuses: raw C1 control characters, DEL and U+2028 in a document that declares 1.1, which the
 * fifth edition reads as 1.0 (section 2.8), and two names that the fifth edition allows.
 */
const isOnlyLater = /^ibm-1-1-not-wf-P02-ibm02n(?:3[2-9]|4\d|5[0-79]|6[0-3])\.xml$|^rmt-016$|^rmt-019$/;

const documents = suiteDocuments();
const ofType = (...types: readonly SuiteDocument['type'][]): SuiteDocument[] =>
  documents.filter(({ type }) => types.includes(type));
const malformed = ofType('not-wf').filter((document) => !isLater(document));
const wellFormed = ofType('valid', 'invalid').filter((document) => !isLater(document));

test('the suite has all its documents', () => {
  assert.equal(documents.length, 2585);
  assert.equal(new Set(documents.map(({ id }) => id)).size, 2585);
  assert.deepEqual(
    {
      malformed: malformed.length,
      wellFormed: wellFormed.length,
      laterMalformed: ofType('not-wf').filter(isLater).length,
    },
    { malformed: 1326, wellFormed: 958, laterMalformed: 172 },
  );
});

test('every document that the suite calls not well-formed is refused', () => {
  assert.deepEqual(idsOf(malformed.filter(isRead)), []);
});

test('every malformed document without a DOCTYPE is refused with the reason', () => {
  const bare = malformed.filter(({ hasDoctype }) => !hasDoctype);
  // 243, and o-p39fail5, whose unterminated declaration contains its DOCTYPE.
  assert.equal(bare.length, 244);
  const refused = bare.map((document) => refusal(document)).filter((reason) => reason !== undefined);
  assert.equal(refused.length, 244);
  assert.equal(refused.filter((reason) => reason === 'a DOCTYPE is not allowed').length, 0);
});

test('the 206 malformed documents of plain UTF-8 without a DTD, of which fast-xml-parser reads 95, are refused', () => {
  const plain = malformed.filter((document) => isPlainText(document));
  assert.equal(plain.length, 206);
  assert.deepEqual(idsOf(plain.filter(isRead)), []);
});

test('every document with a DOCTYPE is refused, well-formed or not', () => {
  const typed = documents.filter(({ hasDoctype }) => hasDoctype);
  assert.equal(typed.length, 2185);
  assert.deepEqual(idsOf(typed.filter(isRead)), []);
});

test('every well-formed document with a DOCTYPE is refused for it, unless its encoding is unsupported', () => {
  const typed = wellFormed.filter(({ hasDoctype }) => hasDoctype);
  const reasons = Map.groupBy(typed, (document) => refusal(document));
  assert.deepEqual([...reasons.keys()], ['a DOCTYPE is not allowed']);
});

test('every well-formed document without a DOCTYPE is read, except two whose names have colons that are no prefixes', () => {
  const bare = wellFormed.filter(({ hasDoctype }) => !hasDoctype);
  assert.equal(bare.length, 75);
  assert.deepEqual(idsOf(bare.filter((document) => !isRead(document))), namesWithColons);
  const exceptions = bare.filter(({ id }) => namesWithColons.includes(id));
  assert.ok(exceptions.every(({ forbidsNamespaces }) => forbidsNamespaces));
});

test('a malformed document of XML 1.1 is refused if XML 1.0 refuses it too', () => {
  const later = ofType('not-wf').filter((document) => isLater(document));
  assert.equal(later.filter((document) => !isRead(document)).length, 139);
  assert.deepEqual(idsOf(later.filter(isRead)), idsOf(later.filter(({ id }) => isOnlyLater.test(id))));
  assert.equal(later.filter(isRead).length, 33);
});

test('every document gives a tree, or a refusal with a reason', () => {
  for (const document of documents) assert.notEqual(refusal(document), '', document.id);
});

function isRead(document: SuiteDocument): boolean {
  return refusal(document) === undefined;
}

/** The reason of a refusal; undefined for a document that is read. */
function refusal({ bytes, id }: SuiteDocument): string | undefined {
  try {
    parseXml(bytes);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof MalformedXml, `${id}: ${String(error)}`);
    return error.message;
  }
}

function idsOf(some: readonly SuiteDocument[]): string[] {
  return some.map(({ id }) => id).toSorted();
}
