import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { documentAt, root } from '../support/documents.ts';

const rows = documentAt('docs/glossary.md')
  .text.split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| term ') && !line.startsWith('| ---'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, term = '', meaning = '', place = '']) => ({ term, meaning, place }));

/** The terms that are this product's own. */
const own = ['caller', 'cloud', 'exchange', 'fault', 'message', 'note', 'operation', 'profile', 'slice', 'treatment'];

test('each term of the glossary stands in the file that is named beside it', () => {
  for (const { term, meaning, place } of rows) {
    const [, name = '', path = ''] = /^`(\w+)` in `(src\/\S+\.ts)`$/.exec(place) ?? [];
    assert.ok(meaning.length > 20, term);
    const code = readFileSync(join(root, path), 'utf8');
    assert.match(code, new RegExp(`^export .*\\b${name}\\b`, 'm'), `${term}: ${place}`);
    assert.match(code, new RegExp(term, 'i'), `${term}: ${place}`);
  }
});

test("the glossary has every term of the product's own, and none twice", () => {
  const terms = rows.map(({ term }) => term);
  assert.equal(new Set(terms).size, terms.length);
  for (const term of own) assert.ok(terms.includes(term), term);
});
