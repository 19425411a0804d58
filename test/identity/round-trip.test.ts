import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { accessDocument, accessDocumentIdFirst } from '../../src/identity/messages/access.ts';
import { authAnswerDocument } from '../../src/identity/messages/auth-answer.ts';
import { errorDocument } from '../../src/identity/messages/error.ts';
import { identityExtensionDocument, identityExtensionsDocument } from '../../src/identity/messages/extensions.ts';
import type { IdentityDocument } from '../../src/identity/messages/identity-document.ts';
import { tenantsDocument } from '../../src/identity/messages/tenants.ts';
import { tokenEndpointsDocument } from '../../src/identity/messages/token-endpoints.ts';
import { identityVersionDocument, identityVersionsDocument } from '../../src/identity/messages/versions.ts';
import { conflictingKeys } from '../../src/identity/request/conflicting-keys.ts';
import { xmlValue } from '../../src/identity/request/xml-value.ts';
import { pythonJson } from '../../src/identity/write/python-json.ts';
import { writeIdentity } from '../../src/identity/write/write-identity.ts';
import { xml } from '../../src/media/xml.ts';
import { toDocument } from '../../src/schema/json-document.ts';
import { escapeAttribute } from '../../src/xml/escape.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { inJson, inXml, valuesOf } from '../laws/arbitrary.ts';
import { holds } from '../laws/law.ts';
import { xmlText } from '../laws/texts.ts';
import { freshReading } from '../schema/fresh-reading.ts';

const documents: Readonly<Record<string, IdentityDocument>> = {
  access: accessDocument,
  'access with the id first': accessDocumentIdFirst,
  tenants: tenantsDocument,
  'the endpoints of a token': tokenEndpointsDocument,
  'a version': identityVersionDocument,
  versions: identityVersionsDocument,
  'an extension': identityExtensionDocument,
  extensions: identityExtensionsDocument,
  'the answer of auth 1.1': authAnswerDocument,
  error: errorDocument,
};

for (const [title, document] of Object.entries(documents)) {
  const inMarkup = document.inXml ?? document.message;

  test(`${title} in XML is ASCII, well-formed, and read back unchanged`, () => {
    holds(
      200,
      fc.property(valuesOf(inMarkup.content, inXml), (value) => {
        const { text, notes } = writeIdentity(document, value, 'xml');
        assert.match(text, /^[\n\t -\u{7F}]*$/u);
        assert.deepEqual(notes, []);
        const bytes = Buffer.from(text);
        assert.equal(parseXml(bytes).name, inMarkup.root);
        assert.deepEqual(xml.open(bytes).readAs(inMarkup, freshReading()), value);
      }),
    );
  });

  test(`${title} in JSON is ASCII, and read back unchanged`, () => {
    holds(
      200,
      fc.property(valuesOf(document.message.content, inJson), (value) => {
        const { text } = writeIdentity(document, value, 'json');
        assert.match(text, /^[ -~]*$/);
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(toDocument(document.message, value))));
      }),
    );
  });
}

test('pythonJson writes any JSON value', () => {
  holds(
    500,
    fc.property(fc.jsonValue(), (value) => {
      assert.deepEqual(JSON.parse(pythonJson(value)), JSON.parse(JSON.stringify(value)));
    }),
  );
});

const read = (document: string): unknown => xmlValue(parseXml(Buffer.from(document)));

test('an attribute or an element of any text is read as that text', () => {
  holds(
    300,
    fc.property(xmlText, (text) => {
      const written = escapeAttribute(text);
      assert.deepEqual(read(`<a b="${written}"/>`), { a: { b: text } });
      assert.deepEqual(read(`<a><b>${written}</b></a>`), { a: { b: text.trim() } });
    }),
  );
});

test('a JSON text has conflicts where it has a key twice with different values, and nowhere else', () => {
  const keys = fc.constantFrom('a', 'b', 'c"', '\\u0061');
  const member = fc.tuple(keys, fc.jsonValue({ maxDepth: 2 }));
  holds(
    500,
    fc.property(fc.array(member, { maxLength: 5 }), (members) => {
      const written = members.map(
        ([key, value]) => `${key === '\\u0061' ? '"\\u0061"' : JSON.stringify(key)}: ${JSON.stringify(value)}`,
      );
      const text = `[{${written.join(' , ')}}]`;
      const byKey = Map.groupBy(members, ([key]) => (key === '\\u0061' ? 'a' : key));
      const expected = [...byKey].filter(
        ([, alike]) => new Set(alike.map(([, value]) => JSON.stringify(value))).size > 1,
      );
      const found = new Set(conflictingKeys(text, JSON.parse(text)));
      const own = [...found].filter((path) => !path.includes('.') && !/\]\[/.test(path));
      assert.deepEqual(new Set(own), new Set(expected.map(([key]) => key)));
    }),
  );
});
