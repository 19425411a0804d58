import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as fc from 'fast-check';
import { configSchema } from '../../docs/generate/config-schema.ts';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/mistakes.ts';
import { namedSettings, valueAt } from '../../src/config/named-settings.ts';
import { root } from '../support/documents.ts';
import { schemaErrors, type JsonSchema } from '../support/json-schema.ts';
import { testSettings } from '../support/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
after(() => rmSync(folder, { recursive: true }));

const text = readFileSync(join(root, 'config/schema.json'), 'utf8');
const schema = JSON.parse(text) as JsonSchema;

/** The other settings of a file: such that no value of one setting contradicts them. */
const otherSettings = {
  ...testSettings,
  GATEWAY_PORT: '0',
  GATEWAY_ADMIN_PORT: '0',
  GATEWAY_REQUEST_MAX_BYTES: '1',
  GATEWAY_REQUEST_MAX_TOTAL_BYTES: '1099511627776',
};

/** Check that the gateway accepts a value as its configuration file. */
function isLoaded(value: unknown): boolean {
  const path = join(folder, 'gateway.json');
  writeFileSync(path, JSON.stringify(value));
  try {
    // A variable would win over the file.
    const others = Object.entries(otherSettings).filter(([name]) => {
      const named = namedSettings.find(({ environmentName }) => environmentName === name);
      return valueAt(value, named?.path ?? []) === undefined;
    });
    loadConfig({ ...Object.fromEntries(others), GATEWAY_CONFIG: path });
    return true;
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return false;
  }
}

const isValid = (value: unknown): boolean => schemaErrors(schema, value).length === 0;

/** Put a value at the path of a setting. */
function fileWith(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, key) => ({ [key]: inner }), value);
}

test('config/schema.json is that of the settings: npm run docs', () => {
  assert.equal(text, configSchema());
});

for (const file of ['default.json', 'ecs.json', 'nova.json']) {
  test(`config/${file} names the schema, and is valid by it`, () => {
    const content = JSON.parse(readFileSync(join(root, 'config', file), 'utf8')) as { $schema?: unknown };
    assert.equal(content.$schema, './schema.json');
    assert.deepEqual(schemaErrors(schema, content), []);
  });
}

/** The settings whose values a schema describes wholly; addresses and URLs have rules of their own. */
const described = namedSettings.filter(
  ({ setting, environmentName }) =>
    JSON.stringify(setting.schema) !== '{"type":"string"}' && !/(?:PROXIES|ADMIN_NAMES)$/.test(environmentName),
);

test('the schema and the gateway accept the same numbers, words and types', () => {
  const values = fc.oneof(
    fc.integer({ min: -2, max: 70_000 }),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(
      'auto',
      'nova',
      'ecs',
      'on',
      'off',
      'TLSv1.3',
      '0440',
      '8774',
      '',
      ' on',
      'json',
      null,
      true,
      false,
    ),
    fc.constantFrom([], [1], ['a'], {}, { a: 1 }),
  );
  const settings = fc.constantFrom(...described);
  fc.assert(
    fc.property(settings, values, ({ path }, value) => {
      const file = fileWith(path, value);
      assert.equal(isValid(file), isLoaded(file), JSON.stringify(file));
    }),
    { numRuns: 2000 },
  );
});

test('both accept the bounds of each number and nothing beyond them', () => {
  for (const { path, setting } of described) {
    if (!('type' in setting.schema) || setting.schema.type !== 'integer') continue;
    const { minimum, maximum } = setting.schema;
    for (const [value, isGood] of [
      [minimum, true],
      [maximum, true],
      [minimum - 1, false],
      [maximum + 1, false],
    ] as const) {
      const file = fileWith(path, value);
      assert.equal(isValid(file), isGood, JSON.stringify(file));
      assert.equal(isLoaded(file), isGood, JSON.stringify(file));
    }
  }
});

test('what the gateway accepts where a schema cannot say all, the schema accepts too', () => {
  for (const { path, setting } of namedSettings) {
    for (const value of [setting.example, '', [setting.example], 1, null, {}]) {
      const file = fileWith(path, value);
      assert.ok(isValid(file) || !isLoaded(file), JSON.stringify(file));
    }
  }
});

test('both refuse names that are no settings, and values in the place of groups', () => {
  for (const file of [{ ports: 1 }, { admin: { prot: 1 } }, { admin: 1 }, { upstream: [] }, [], null, 1]) {
    assert.equal(isValid(file), false, JSON.stringify(file));
    assert.equal(isLoaded(file), false, JSON.stringify(file));
  }
});
