import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { closestTo } from '../../src/offline/input/closest.ts';
import { dechunked } from '../../src/offline/input/chunks.ts';
import { diffOf } from '../../src/offline/show/diff.ts';
import { masking } from '../../src/offline/show/mask.ts';

const shown = (body: string): string => masking.body(Buffer.from(body));

describe('masking', () => {
  for (const body of [
    '<rebuild adminPass="canary"/>',
    "<rebuild adminPass='canary'/>",
    '<rebuild adminPass = "canary',
    '<a:adminPass xmlns:a="x">canary</a:adminPass>',
    '<adminPass><![CDATA[canary</x>]]></adminPass>',
    '<personality><file path="/x">canary</file><file path="/y">\n canary\n</file></personality>',
    '<personality><file path="/x">canary',
    '<auth><token id="canary"/></auth>',
    '<passwordCredentials username="u" password="canary"/>',
    '{"rebuild": {"adminPass": "canary"}}',
    '{"rebuild": {"adminPass": "canary", ',
    '{"rebuild": {"adminPass": "canary',
    '{"rebuild": {"user_data": "canary", "personality": [{"path": "/x", "contents": "canary"}]}}',
    '{"auth": {"token": {"id": "canary"}, "passwordCredentials": {"password": "canary"}}}',
    '{"keypair": {"private_key": "canary"}}',
    '{"credentials": {"username": "u", "key": "canary"}}',
    '{"credentials": {"username": "u", "key": "canary"',
    '{"auth": {"token": {"id": "canary"',
    '<credentials username="u" key="canary"/>',
    '<é:adminPass xmlns:é="x">canary</é:adminPass>',
    '<adminPass><![CDATA[</adminPass>canary]]></adminPass>',
    '<rebuild adminPass="a<canary"/>',
    '{"rebuild": {"adminPass": 12, "adm\\u0069nPass": "canary"',
    `{'adminPass': 'canary'}`,
    '{adminPass: canary}',
    '{"adminPass": ["canary"',
    `)]}'\n{"adminPass": "canary"}`,
    'username=me&password=canary',
    '{"passcode": "canary"}',
    '{"s3Credentials": {"signature": "canary"}}',
    '{"server": {"imageRef": "http://user:canary@host/images/1"}}',
    '{"console": {"url": "http://host/vnc_auto.html?token=canary"}}',
    '{"console": {"url": "http://host/vnc_auto.html?path=%3Ftoken%3Dcanary"}}',
    '<console><url>http://host/vnc_auto.html?a=b&amp;token=canary</url></console>',
  ])
    test(`hides the secret in ${body.slice(0, 60)}`, () => {
      assert.doesNotMatch(shown(body), /canary/);
    });

  test('keeps what is no secret, and the digits of numbers', () => {
    assert.equal(shown('<meta key="k">v</meta>'), '<meta key="k">v</meta>');
    assert.deepEqual(shown('{"id": 9007199254740993, "x": 1.0}'), '{\n  "id": 9007199254740993,\n  "x": 1.0\n}');
  });

  test('shows no text in UTF-16, which has the secret between zeros', () => {
    const body = masking.body(Buffer.from('<a adminPass="canary"/>', 'utf16le'));
    assert.doesNotMatch(body.replaceAll('\0', ''), /canary/);
  });

  test('hides tokens in targets and header fields', () => {
    assert.equal(
      masking.target('/v2.0/tokens/canary?password=canary&limit=2'),
      '/v2.0/tokens/***?password=***&limit=2',
    );
    assert.doesNotMatch(masking.target('http://user:canary@host/v2/p/servers'), /canary/);
    assert.doesNotMatch(masking.target('/v2/p/servers?%74oken=canary'), /canary/);
    assert.doesNotMatch(masking.field('Referer', 'http://user:canary@host/?token=canary'), /canary/);
    for (const name of [
      'X-Auth-Token',
      'X-Service-Token',
      'Authorization',
      'Cookie',
      'X-Auth-Key',
      'X-Admin-Pass',
      'X-Session-Id',
    ])
      assert.equal(masking.field(name, 'canary'), '***', name);
    assert.equal(masking.field('X-Auth-User', 'me'), 'me');
  });

  test('takes a time that grows no faster than a hostile text', () => {
    const started = performance.now();
    for (const text of [
      '<x '.repeat(100_000),
      `<x ${'a'.repeat(1_000_000)}`,
      '"'.repeat(300_001),
      '<token '.repeat(100_000),
      `{${'"\\'.repeat(100_000)}`,
      `{${'a'.repeat(1_000_000)}`,
      '<x a="'.repeat(100_000),
      '<adminPass>x</adminPass>'.repeat(30_000),
      'http://'.repeat(100_000),
      `x${'?a'.repeat(300_000)}`,
      ` ${'"'.repeat(300_000)}`,
    ])
      shown(text);
    assert.ok(performance.now() - started < 5000);
  });
});

describe('a comparison', () => {
  test('keeps common lines, and shows removed ones before those that replace them', () => {
    const lines = diffOf(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'e', 'd'], (line) => line);
    assert.deepEqual(
      lines.map(({ sign, text }) => sign + text),
      [' a', '-b', '+x', ' c', '+e', ' d'],
    );
  });

  test('of an empty text is all of the other', () => {
    assert.deepEqual(
      diffOf([], ['a'], (line) => line),
      [{ sign: '+', text: 'a' }],
    );
    assert.deepEqual(
      diffOf(['a'], [], (line) => line),
      [{ sign: '-', text: 'a' }],
    );
  });
});

test('a body in chunks is joined, and any other is left alone', () => {
  assert.equal(dechunked(Buffer.from('3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n'))?.toString(), 'abcde');
  for (const text of ['', 'abc', '<rebuild/>', '5\r\nab']) assert.equal(dechunked(Buffer.from(text)), undefined, text);
});

test('the closest known words come first, and nothing that is far away', () => {
  assert.deepEqual(closestTo('listServer', ['listServers', 'listServer', 'reboot']), ['listServer', 'listServers']);
  assert.deepEqual(closestTo('canary-token', ['rebuild', 'reboot']), []);
});
