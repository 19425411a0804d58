import assert from 'node:assert/strict';
import { test } from 'node:test';
import { versionFeed } from '../../src/compute/resources/version-feed.ts';
import { parseExactly } from '../../src/schema/exact-json.ts';
import { textOf } from '../../src/schema/write/write-xml.ts';

const version = (id: string): object => ({
  id,
  status: 'CURRENT',
  updated: '2011-01-21T11:33:21Z',
  links: [{ rel: 'self', href: `http://gateway/${id}/` }],
});

test('a feed in slices has all of them', () => {
  const names = Array.from({ length: 25 }, (_, n) => `v${n}`);
  const sliced = versionFeed('Versions').compose();
  sliced.add(names.slice(0, 10).map(version));
  sliced.add(names.slice(10, 20).map(version));
  const document = textOf(sliced.end(names.slice(20).map(version)).document);
  assert.equal(document, textOf(versionFeed('Versions').compose().end(names.map(version)).document));
  assert.deepEqual(
    [...document.matchAll(/<title type="text">Version (v\d+)<\/title>/g)].map(([, name]) => name),
    names,
  );
});

test('a version that is a number, or no word at all, is written', () => {
  const odd = parseExactly('{"id": 1.10, "status": {"toString": 1}, "updated": "2011-01-21T11:33:21Z"}');
  const document = textOf(versionFeed('Version').compose().end(odd).document);
  assert.match(document, /Version 1\.10</);
});
