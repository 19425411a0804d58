import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/promises.md'), 'utf8');
const rows = text.split('\n').filter((line) => line.startsWith('| ['));

test('every test that docs/promises.md names is there', () => {
  const named = [...text.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path);
  assert.ok(named.length > 15);
  for (const path of named) assert.ok(existsSync(join(root, path)), path);
});

test('docs/promises.md names every test of test/promises', () => {
  const tests = readdirSync(join(root, 'test/promises')).filter((name) => name.endsWith('.test.ts'));
  for (const name of tests) assert.ok(text.includes(`\`test/promises/${name}\``), name);
});

test('every promise has a section, a test and a figure', () => {
  const promises = [
    'At most once',
    'Bounded',
    'Fair',
    'Hostile XML and JSON',
    'Hostile HTTP',
    'No leak of secrets',
    'Graceful',
    'TLS and identity',
    'Observed',
    'Never safe too early',
    'Soak',
  ];
  assert.equal(rows.length, promises.length);
  for (const [index, promise] of promises.entries()) {
    const [, name = '', tests = '', figure = ''] = (rows[index] ?? '').split('|').map((cell) => cell.trim());
    assert.equal(name, `[${promise}](#${promise.toLowerCase().replaceAll(' ', '-')})`);
    assert.match(tests, /`test\//);
    assert.ok(figure !== '' && !/\bTO ?FILL\b|SOAK/.test(figure), `${promise}: ${figure}`);
    assert.match(text, new RegExp(`^## ${promise}\n\n\\w`, 'm'));
  }
});

test('every script that docs/promises.md names is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name);
  assert.ok(named.length > 0);
  for (const name of named) assert.ok(scripts[name] !== undefined, name);
});
