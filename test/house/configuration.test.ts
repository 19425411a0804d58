import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileVariable } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load.ts';
import { namedSettings } from '../../src/config/named-settings.ts';
import { profiles } from '../../src/upstream/profiles/profiles.ts';
import { root } from '../support/documents.ts';
import { codeOf, sources } from './sources.ts';
import { testSettings } from '../support/settings.ts';

test('config/default.json holds the default of every setting that has one', () => {
  const defaults = loadConfig(testSettings);
  const fromFile = loadConfig({
    ...testSettings,
    [fileVariable]: join(root, 'config/default.json'),
  });
  assert.deepEqual(fromFile, defaults);
  const file: unknown = JSON.parse(readFileSync(join(root, 'config/default.json'), 'utf8'));
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

test('each setting is read by the code', () => {
  // Leave out the settings themselves, and the texts for operators that name them.
  const readers = sources.filter((file) => !/^src\/(?:config\/settings\/|fault-reasons)/.test(file));
  const words = new Set(readers.flatMap((file) => codeOf(file).match(/\w+/g) ?? []));
  for (const { path, environmentName } of namedSettings)
    assert.ok(words.has(path.at(-1) ?? ''), `nothing in src/ reads ${environmentName}`);
});

test('each profile has the name that chooses it', () => {
  const config = loadConfig(testSettings);
  for (const [name, make] of Object.entries(profiles)) assert.equal(make(config).name, name);
});
