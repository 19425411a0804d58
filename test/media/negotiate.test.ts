import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MediaType } from '../../src/media/media-type.ts';
import { negotiate } from '../../src/media/negotiate.ts';

const json = 'application/json';
const xml = 'application/xml';
const vndJson = 'application/vnd.openstack.compute+json';
const vndXml = 'application/vnd.openstack.compute+xml';

/**
 * An Accept, and the media type of the answer to a caller whose own body is XML: first with GATEWAY_REPLY_DEFAULT=caller, then
 * with json.
 */
const table: readonly (readonly [string | undefined, MediaType, MediaType])[] = [
  // No preference: the caller's own type, or JSON as in Nova.
  [undefined, xml, json],
  ['', xml, json],
  [' ', xml, json],
  [',', xml, json],
  ['*/*', xml, json],
  ['application/*', xml, json],
  ['*/*;q=0.1', xml, json],
  ['application/*, */*;q=0.5', xml, json],
  // One type.
  [xml, xml, xml],
  [json, json, json],
  [vndXml, vndXml, vndXml],
  [vndJson, vndJson, vndJson],
  // The order of legacy Nova at equal q.
  ['application/xml, application/json', json, json],
  ['application/json, application/xml', json, json],
  ['application/json, application/vnd.openstack.compute+json', json, json],
  ['application/vnd.openstack.compute+json, application/json', json, json],
  ['application/xml, application/vnd.openstack.compute+json', vndJson, vndJson],
  ['application/vnd.openstack.compute+xml, application/xml', xml, xml],
  // The less wildcarded range wins at equal q.
  ['application/xml, */*', xml, xml],
  ['*/*, application/xml', xml, xml],
  ['application/*, application/xml', xml, xml],
  ['*/*, application/vnd.openstack.compute+xml', vndXml, vndXml],
  // The highest q wins.
  ['application/xml;q=0.5, */*;q=0.8', json, json],
  ['application/json;q=0.5, application/xml;q=0.9', xml, xml],
  ['application/xml;q=0.9, application/json;q=0.90', json, json],
  ['application/json;q=0.8, application/xml', xml, xml],
  ['application/xml;q=0.001, text/html', xml, xml],
  // q=0 excludes.
  ['application/xml;q=0', json, json],
  ['application/json;q=0, */*', vndJson, vndJson],
  ['application/json;q=0, application/xml', xml, xml],
  ['application/json;q=0, application/vnd.openstack.compute+json;q=0, */*', xml, xml],
  ['application/json;q=0, application/xml;q=0.0', json, json],
  ['application/xml;q=0.000, */*;q=0.1', json, json],
  // Case, space and parameters.
  ['APPLICATION/XML', xml, xml],
  ['Application/Vnd.OpenStack.Compute+XML', vndXml, vndXml],
  ['application/json;Q=0.5, application/xml;q=0.6', xml, xml],
  [' application/xml ; q = 0.5 , application/json;q=0.4', xml, xml],
  ['application/xml;version=1.1', xml, xml],
  ['application/xml;charset="utf-8;q=0"', xml, xml],
  ['application/xml;a="b,c", application/json;q=0.5', xml, xml],
  // Malformed fields, read as legacy Nova read them.
  ['application/xml;q=2', xml, xml],
  ['application/json;q=1, application/xml;q=2', xml, xml],
  ['application/json;q=0.5, */*;q=0.8', json, json],
  ['application/xml;q=x', json, json],
  ['"application/xml"', xml, xml],
  // Only types that this API does not have: JSON, on which a real client depends.
  ['text/html', json, json],
  ['text/xml', json, json],
  ['text/*', json, json],
  ['application/atom+xml', json, json],
  ['text/plain, image/png;q=0.5', json, json],
  ['application/xml+x', json, json],
  ['text/html, */*;q=0.1', json, json],
];

for (const [accept, asCaller, asJson] of table) {
  test(`Accept ${JSON.stringify(accept)} is answered with ${asCaller}, or with ${asJson} by Nova's rule`, () => {
    const wish = { suffix: undefined, accept, own: xml } as const;
    assert.equal(negotiate({ ...wish, fallback: 'caller' }), asCaller);
    assert.equal(negotiate({ ...wish, fallback: 'json' }), asJson);
  });
}

for (const own of [json, xml, vndJson, vndXml] as const) {
  test(`a caller without a preference gets its own ${own}, or JSON by Nova's rule`, () => {
    for (const accept of [undefined, '', '*/*', 'application/*']) {
      assert.equal(negotiate({ suffix: undefined, accept, own, fallback: 'caller' }), own);
      assert.equal(negotiate({ suffix: undefined, accept, own, fallback: 'json' }), json);
    }
  });
}

test('a caller without a preference and without a known type of its own gets JSON', () => {
  assert.equal(negotiate({ suffix: undefined, accept: undefined, own: undefined, fallback: 'caller' }), json);
});

test('the suffix of the path decides before everything else', () => {
  for (const fallback of ['caller', 'json'] as const) {
    assert.equal(negotiate({ suffix: 'xml', accept: json, own: json, fallback }), xml);
    assert.equal(negotiate({ suffix: 'json', accept: xml, own: xml, fallback }), json);
    assert.equal(negotiate({ suffix: 'xml', accept: 'application/xml;q=0', own: json, fallback }), xml);
    assert.equal(negotiate({ suffix: 'json', accept: vndJson, own: vndJson, fallback }), json);
  }
});

test('a malformed q excludes its range', () => {
  for (const q of ['x', '', '-1', '0.5.5', '1e0', 'NaN'])
    assert.equal(
      negotiate({ suffix: undefined, accept: `${json}, ${xml};q=${q}`, own: xml, fallback: 'caller' }),
      json,
      q,
    );
});

test('an Accept of a hundred thousand characters is read in linear time', () => {
  for (const accept of [
    '"'.repeat(100_000),
    ','.repeat(100_000),
    'a;'.repeat(50_000),
    `a;b="${'\\'.repeat(100_000)}`,
  ]) {
    assert.ok(negotiate({ suffix: undefined, accept, own: xml, fallback: 'caller' }));
  }
});

test('of an Accept with more than a thousand ranges the first thousand count, quoted or not', () => {
  for (const range of ['a/b', '"a/b"']) {
    const accept = (before: number): string => `${`${range},`.repeat(before)}application/xml`;
    const chosen = (before: number): string =>
      negotiate({ suffix: undefined, accept: accept(before), own: undefined, fallback: 'caller' });
    assert.equal(chosen(999), 'application/xml');
    assert.equal(chosen(1000), 'application/json');
  }
});
