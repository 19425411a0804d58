import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { generated, withGenerated } from '../../docs/generate/documents.ts';
import { fileVariable, secretFileVariable } from '../../src/config/environment.ts';
import { namedSettings } from '../../src/config/named-settings.ts';
import { anchorsOf, documentAt, documents, root } from '../support/documents.ts';
import { files, read } from './sources.ts';

test('the generated parts of the documents are those of the code', () => {
  for (const path of Object.keys(generated)) {
    const { text } = documentAt(path);
    const [written, wanted] = [text, withGenerated(path, text)].map((whole) => whole.split('\n'));
    const line = wanted?.findIndex((each, index) => each !== written?.[index]) ?? -1;
    // Not the whole page: a difference of tens of kilobytes would bury this sentence.
    assert.equal(written?.[line], wanted?.[line], `${path}:${line + 1} is not what the code says today: npm run docs`);
    assert.equal(written?.length, wanted?.length, `${path} is not what the code says today: npm run docs`);
  }
});

test('no document has a place for a part that is not generated', () => {
  for (const { path, text } of documents) {
    const places = [...text.matchAll(/<!-- generated: (\S+) -->/g)].map(([, name]) => name);
    assert.deepEqual(places, generated[path] ?? [], path);
  }
});

test('each link of a document leads to a file and a heading', () => {
  for (const document of documents) {
    for (const [link, target = '', anchor] of document.text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)) {
      const path = target === '' ? document.path : join(dirname(document.path), target);
      assert.ok(existsSync(join(root, path)), `${document.path}: ${link}`);
      if (anchor !== undefined) assert.ok(anchorsOf(documentAt(path)).has(anchor), `${document.path}: ${link}`);
    }
  }
});

test('each page of docs is linked from the README, and says for whom it is', () => {
  const { text } = documentAt('README.md');
  for (const { path, text: page } of documents) {
    if (dirname(path) !== 'docs') continue;
    assert.ok(text.includes(`(${path})`), path);
    assert.match(page, /^# .+\n\n\*\*For:\*\* /, path);
  }
});

test('each script and setting that a document names is there', () => {
  const { scripts } = JSON.parse(documentAt('package.json').text) as { scripts: Record<string, string> };
  const variables = new Set([
    fileVariable,
    ...namedSettings.flatMap((named) => [named.environmentName, secretFileVariable(named)]),
  ]);
  const paths = new Set(namedSettings.map(({ path }) => path.join('.')));
  const groups = new Set(
    namedSettings.flatMap(({ path: [first = '', ...rest] }) => (rest.length === 0 ? [] : [first])),
  );
  for (const { path, text } of documents) {
    for (const [, name = ''] of text.matchAll(/npm run (?:-s )?([a-z][a-z:]*)/g)) {
      assert.ok(scripts[name] !== undefined, `${path}: npm run ${name}`);
    }
    for (const [name] of text.matchAll(/\bGATEWAY_[A-Z_]+\b(?!\*)/g)) {
      // GATEWAY_ALONE is the prefix, and GATEWAY_TEST_REAL_CLOUD a setting of the tests.
      if (name !== 'GATEWAY_' && !name.startsWith('GATEWAY_TEST_')) assert.ok(variables.has(name), `${path}: ${name}`);
    }
    for (const [, name = ''] of text.matchAll(/`([a-z]\w*(?:\.[a-z]\w*)+)`/gi)) {
      if (groups.has(name.split('.')[0] ?? '')) assert.ok(paths.has(name), `${path}: ${name}`);
    }
  }
});

test('ARCHITECTURE.md names every room of src, and nothing that is not there', () => {
  const named = [...documentAt('ARCHITECTURE.md').text.matchAll(/^\| +`([^`]+)` +\|/gm)].map(([, path = '']) => path);
  for (const path of named) assert.ok(existsSync(join(root, path)), path);
  for (const entry of readdirSync(join(root, 'src'), { withFileTypes: true })) {
    assert.ok(named.includes(`src/${entry.name}${entry.isDirectory() ? '/' : ''}`), entry.name);
  }
});

test('no file of the project has a mark of an unresolved merge', () => {
  for (const file of files.filter((name) => /\.(?:ts|md|json|txt|ya?ml)$/.test(name)))
    assert.doesNotMatch(read(file), /^(?:<{7}|>{7}) /m, file);
});
