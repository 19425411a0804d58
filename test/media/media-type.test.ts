import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codecFor } from '../../src/media/codecs.ts';
import { json } from '../../src/media/json.ts';
import { mediaTypes, readMediaType, type MediaType } from '../../src/media/media-type.ts';
import { xml } from '../../src/media/xml.ts';

const table: readonly (readonly [string | undefined, MediaType | undefined])[] = [
  ['application/xml', 'application/xml'],
  ['application/json', 'application/json'],
  ['application/vnd.openstack.compute+xml', 'application/vnd.openstack.compute+xml'],
  ['application/vnd.openstack.compute+json', 'application/vnd.openstack.compute+json'],
  ['text/xml', 'application/xml'],
  ['TEXT/XML; charset=utf-8', 'application/xml'],
  ['Application/XML', 'application/xml'],
  ['application/xml;charset=utf-8', 'application/xml'],
  ['application/xml ; charset=utf-8', 'application/xml'],
  [' application/json ', 'application/json'],
  ['application/json; version=1.1; a="b;c"', 'application/json'],
  ['application/xml;', 'application/xml'],
  [undefined, undefined],
  ['', undefined],
  [';', undefined],
  ['text/plain', undefined],
  ['application/atom+xml', undefined],
  ['application/vnd.openstack.compute-v1.1+xml', undefined],
  ['application/xml, application/json', undefined],
  ['application/x-www-form-urlencoded', undefined],
  ['application', undefined],
  ['constructor', undefined],
  ['__proto__', undefined],
  ['toString', undefined],
];

for (const [contentType, type] of table) {
  test(`Content-Type ${JSON.stringify(contentType)} is ${type ?? 'no type of this API'}`, () => {
    assert.equal(readMediaType(contentType), type);
  });
}

test('every media type has its codec', () => {
  assert.deepEqual(
    mediaTypes.map((type) => codecFor(type)),
    [json, json, xml, xml],
  );
});
