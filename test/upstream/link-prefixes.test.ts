import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ByteOutput } from '../../src/schema/tape/byte-output.ts';
import { Tape } from '../../src/schema/tape/tape.ts';
import { endAt, startAt } from '../../src/schema/tape/rows.ts';
import { tapeLinks } from '../../src/upstream/link-prefixes.ts';
import { gatewayLink, type LinkBase } from '../../src/upstream/links.ts';

const paths = [
  '',
  '/',
  '/v2',
  '/v2/',
  '/v2.1/p/servers/1',
  '/v3/p',
  '/p/servers/1',
  '/v2x/p',
  '/x/v2/y',
  '/a',
  '/a/',
  '/a/p/x',
];
const below = [
  '/a/v2/p',
  '/a/b',
  '/a/b/',
  '/a/b/v2.1/p',
  '/a/b/p/x',
  '/a/bc/v2/p',
  '/a/b/c/v2/p',
  '/v2?a=/v3/',
  '//v2/p',
];
const origins = ['http://cloud', 'https://None', 'HTTP://cloud', 'http://', '', 'ftp://cloud'];
const links = origins.flatMap((origin) => [...paths, ...below].map((path) => origin + path));
const bases: readonly LinkBase[] = ['', '/a', '/a/b'].flatMap((cloudPath) =>
  ['', 'v2', 'v1.1'].map((version) => ({ publicUrl: `http://gateway${cloudPath}`, version, cloudPath })),
);

const tape = new Tape();
const out = new ByteOutput(256);

/** Convert a link by its beginning; undefined for one that must be converted as a whole. */
function byPrefix(href: string, isBookmark: boolean, base: LinkBase): string | undefined {
  const json = Buffer.from(JSON.stringify(href));
  tape.read(json, 0, json.length);
  const [start, end] = [tape.rows[startAt] ?? 0, tape.rows[endAt] ?? 0];
  const prefix = tapeLinks(base).prefixOf(tape, start, end, isBookmark);
  if (prefix === undefined) return undefined;
  out.reset(256);
  out.put(prefix.converted);
  out.copy(tape.view, start + prefix.length, end);
  return out.textOf(0, out.length);
}

for (const base of bases) {
  test(`links are converted by remembered beginnings as one by one: ${JSON.stringify(base)}`, () => {
    let converted = 0;
    for (const first of links) {
      for (const second of links) {
        for (const isBookmark of [true, false]) {
          // Another base is asked for in between, so that only the first link is remembered.
          tapeLinks({ ...base, publicUrl: 'http://other' });
          byPrefix(first, isBookmark, base);
          const found = byPrefix(second, isBookmark, base);
          if (found === undefined) continue;
          assert.equal(found, gatewayLink(second, base, isBookmark), `${first} and then ${second}`);
          converted += 1;
        }
      }
    }
    assert.ok(converted > links.length, `${converted} were converted by their beginning`);
  });
}

test('the beginnings of many projects are remembered for a while, and the conversion stays right', () => {
  const base = { publicUrl: 'http://gateway', version: 'v2', cloudPath: '' };
  for (let n = 0; n < 100; n += 1) {
    const href = `http://cloud/v2.1/${n % 7}/servers/${n}`;
    assert.equal(byPrefix(href, false, base), gatewayLink(href, base));
  }
});
