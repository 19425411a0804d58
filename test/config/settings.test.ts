import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultText } from '../../src/config/help.ts';
import { withGivenNames } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/mistakes.ts';
import { namedSettings } from '../../src/config/named-settings.ts';
import { testSettings } from '../support/settings.ts';

test('each setting is explained in sentences', () => {
  for (const { environmentName, setting } of namedSettings) {
    assert.match(setting.help, /^[A-Z0-9].*\.$/, environmentName);
  }
});

test('the example of each setting is a value that it allows', () => {
  for (const { environmentName, setting } of namedSettings) {
    assert.notEqual(setting.parse(setting.example), undefined, environmentName);
  }
});

test('each number has a unit, but for the number of a port', () => {
  for (const { environmentName, setting } of namedSettings) {
    const isNumber = typeof setting.default === 'number';
    assert.equal(setting.unit !== undefined, isNumber && !environmentName.endsWith('_PORT'), environmentName);
  }
});

test('the unit is the one that the name of the setting says', () => {
  const suffixes = { MS: 'milliseconds', BYTES: 'bytes', CHARACTERS: 'characters' };
  for (const { environmentName, setting } of namedSettings) {
    for (const [suffix, unit] of Object.entries(suffixes)) {
      assert.equal(environmentName.endsWith(`_${suffix}`), setting.unit === unit, environmentName);
    }
  }
});

test('a large default is shown in a larger unit too, where it is a whole number of them', () => {
  const shown = Object.fromEntries(namedSettings.map(({ path, setting }) => [path.join('.'), defaultText(setting)]));
  assert.equal(shown['upstream.answersMaxTotalBytes'], '134217728 (128 MiB)');
  assert.equal(shown['connections.keepAliveMs'], '65000 (65 s)');
  assert.equal(shown['exchanges.timeSliceMs'], '3');
  assert.equal(shown['trusted.proxies'], 'not set');
  assert.equal(shown['upstream.url'], 'none, it must be set');
});

test('a mistake names the setting, its value, the rule with its unit, and a value that is right', () => {
  const environment = { ...testSettings, GATEWAY_EXCHANGES_WAIT_MS: 'soon' };
  assert.throws(
    () => loadConfig(environment),
    (error) => {
      assert.ok(error instanceof ConfigError);
      assert.deepEqual(error.mistakes, [
        'GATEWAY_EXCHANGES_WAIT_MS is "soon"; it must be a whole number from 1 to 600000 (milliseconds), such as 2000.',
      ]);
      return true;
    },
  );
});

test('a message about files names a setting as the operator gave it: by its variable, or by its path in the file', () => {
  const message = 'upstream.tls.caFile: /etc/ca.crt cannot be read, nor tls.keyFile.';
  const variables = 'GATEWAY_UPSTREAM_TLS_CA_FILE: /etc/ca.crt cannot be read, nor GATEWAY_TLS_KEY_FILE.';
  assert.equal(withGivenNames(message, {}), variables);
  assert.equal(withGivenNames(message, { GATEWAY_CONFIG: 'c.json' }), message);
  assert.equal(
    withGivenNames(message, { GATEWAY_CONFIG: 'c.json', GATEWAY_TLS_KEY_FILE: 'k' }),
    message.replace('tls.keyFile', 'GATEWAY_TLS_KEY_FILE'),
  );
});
