// Protects src/http/exchange/origin-form.ts: no cloud resolves a path to another than the gateway has checked.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { Exchange } from '../../../src/http/exchange/exchange.ts';
import { createOriginForm } from '../../../src/http/exchange/origin-form.ts';

const toOriginForm = createOriginForm('');

/** The path that is sent to the cloud; undefined if the target is refused. */
function sent(url: string): string | undefined {
  // The function uses these members only.
  const exchange = { request: { url, headers: {} }, refusedTarget: undefined } as unknown as Exchange;
  toOriginForm(exchange);
  return exchange.refusedTarget === undefined ? exchange.request.url : undefined;
}

const decodeOnce = (path: string): string =>
  path.replace(/%([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** The ways in which clouds read a path: decoded up to three times, overlong characters included, and cut at delimiters. */
function readings(path: string): string[] {
  const decoded = [path];
  for (let times = 0; times < 3; times += 1) decoded.push(decodeOnce(decoded.at(-1) ?? ''));
  return decoded
    .map((text) => text.replace(/\xc0\xae|\xe0\x80\xae/g, '.').replace(/\xc0\xaf|\xe0\x80\xaf/g, '/'))
    .map((text) => text.replaceAll('\\', '/'));
}

const hasDotSegment = (path: string): boolean => path.split(/[/;?#\0]/).some((segment) => /^\.{1,2}$/.test(segment));

describe('a dot segment is refused in every spelling', () => {
  const dots = ['.', '%2e', '%2E', '%252e', '%25252E', '%c0%ae', '%%32e', '%25%32%65'];
  const delimiters = [
    '/',
    '\\',
    ';',
    '%2f',
    '%5C',
    '%3b',
    '%3B',
    '%00',
    '%252f',
    '%255c',
    '%253b',
    '%3f',
    '%23',
    '%c0%af',
  ];

  for (const before of delimiters.slice(0, 14))
    test(`behind ${before}`, () => {
      for (const first of dots)
        for (const second of ['', ...dots])
          for (const after of ['', ...delimiters]) {
            const path = `/v2/p${before}${first}${second}${after}${after === '' ? '' : 'x'}`;
            assert.equal(sent(path), undefined, path);
          }
    });

  test('that a generator finds', () => {
    const piece = fc.constantFrom(
      ...dots,
      ...delimiters,
      'a',
      '%',
      '25',
      '2',
      'e',
      '2e',
      '%2',
      '/v2/',
      '%61',
      '%e0%80%ae',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const path = sent(`/v2/${pieces.join('')}`.replaceAll(/[?#]/g, ''));
        if (path === undefined) return;
        for (const reading of readings(path)) assert.ok(!hasDotSegment(reading), `${path} is read as ${reading}`);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('every other path is sent', () => {
  for (const path of [
    '/v2/p/servers/a.b',
    '/v2/p/servers/..a',
    '/v2/p/servers/a..',
    '/v2/p/servers/...',
    '/v2/p/os-keypairs/a%2Fb',
    '/v2/p/os-keypairs/a;b',
    '/v2/p/os-keypairs/100%25',
    '/v2/p/x?y=../z',
    '//v2//p',
  ])
    test(path, () => assert.equal(sent(path), path));
});

describe('the path of the public URL', () => {
  const under = createOriginForm('https://gw.example/compute/');
  for (const [given, expected] of [
    ['/compute/v2/p', '/v2/p'],
    ['/compute', '/'],
    ['/compute?x', '/?x'],
    ['/computers', '/computers'],
    ['/v2/p', '/v2/p'],
  ] as const)
    test(`is taken away: ${given}`, () => {
      const exchange = { request: { url: given, headers: {} }, refusedTarget: undefined } as unknown as Exchange;
      under(exchange);
      assert.equal(exchange.request.url, expected);
    });
});
