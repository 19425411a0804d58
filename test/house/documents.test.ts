import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTables } from '../../docs/tables.ts';
import { fileVariable, loadConfig, namedSettings } from '../../src/config/load.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

test('the tables of the README are those of the code', () => {
  const readme = read('README.md');
  assert.equal(readme, withTables(readme), 'npm run docs writes them');
  assert.match(readme, /GATEWAY_UPSTREAM_URL/);
  assert.match(readme, /`personality`/);
});

test('config/default.json holds the default of every setting that has one', () => {
  const defaults = loadConfig({ GATEWAY_UPSTREAM_URL: 'http://cloud.example.com' });
  const fromFile = loadConfig({
    GATEWAY_UPSTREAM_URL: 'http://cloud.example.com',
    [fileVariable]: join(root, 'config/default.json'),
  });
  assert.deepEqual(fromFile, defaults);
  const file: unknown = JSON.parse(read('config/default.json'));
  for (const { path, setting } of namedSettings) {
    if (setting.default === undefined || setting.default === '') continue;
    const held = path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], file);
    assert.deepEqual(held, setting.default, path.join('.'));
  }
});

test('each example of a configuration is a good configuration', () => {
  for (const file of ['ecs.json', 'nova.json']) {
    assert.equal(
      loadConfig({ [fileVariable]: join(root, 'config', file) }).upstream.profile,
      file.replace('.json', ''),
    );
  }
});

test('ARCHITECTURE.md names every room of src, and nothing that is not there', () => {
  const named = [...read('ARCHITECTURE.md').matchAll(/^\| +`([^`]+)` +\|/gm)].map(([, path = '']) => path);
  for (const path of named) assert.ok(existsSync(join(root, path)), path);
  for (const entry of readdirSync(join(root, 'src'), { withFileTypes: true })) {
    assert.ok(named.includes(`src/${entry.name}${entry.isDirectory() ? '/' : ''}`), entry.name);
  }
});

test('each link of a document leads somewhere', () => {
  const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/decisions/README.md'];
  for (const document of documents) {
    for (const [, target = ''] of read(document).matchAll(/\]\(([^)#]+)\)/g)) {
      assert.ok(existsSync(join(root, document, '..', target)), `${document}: ${target}`);
    }
  }
});

test('the README names the two commands that do all the set-up', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const name of ['demo', 'test']) {
    assert.ok(read('README.md').includes(`npm ci && npm ${name === 'test' ? '' : 'run '}${name}`));
    assert.ok(scripts[name] !== undefined);
  }
});
