// Protects src/config/secret-files.ts: secrets come from files, and no message shows one.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { givenName, ignoredVariables, secretFileVariable } from '../../src/config/environment.ts';
import { settingsHelp } from '../../src/config/help.ts';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/mistakes.ts';
import { showValue } from '../../src/config/settings/shown-value.ts';
import { namedSettings } from '../../src/config/named-settings.ts';
import { testSettings } from '../support/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
after(() => rmSync(folder, { recursive: true }));

const secret = 'http://me:canary@proxy.example.com:3128';

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const proxyIn = (path: string): string =>
  loadConfig({ ...testSettings, GATEWAY_UPSTREAM_PROXY_FILE: path }).upstream.proxy;

/** Load settings that are wrong; returns the sentences about them. */
function mistakesIn(settings: Readonly<Record<string, string>>): readonly string[] {
  try {
    loadConfig({ ...testSettings, ...settings });
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    assert.doesNotMatch(error.message, /canary/);
    return error.mistakes;
  }
  return assert.fail('it is a good configuration');
}

describe('a secret in a file', () => {
  for (const [name, end] of Object.entries({ 'no line end': '', 'a line end': '\n', 'a line end of Windows': '\r\n' }))
    test(`with ${name} is the value`, () => assert.equal(proxyIn(file('end', `${secret}${end}`)), `${secret}/`));

  test('may be reached by a link, as Kubernetes mounts it', () => {
    const link = join(folder, 'link');
    symlinkSync(file('..data', secret), link);
    assert.equal(proxyIn(link), `${secret}/`);
  });

  test('may have 64 KiB', () => {
    const { length } = 'http://me:@proxy.example.com';
    assert.equal(proxyIn(file('long', `http://me:${'x'.repeat(65_536 - length)}@proxy.example.com`)).length, 65_537);
  });

  test('wins over the configuration file, as each variable does', () => {
    const GATEWAY_CONFIG = file('gateway.json', '{"upstream": {"proxy": "environment"}}');
    const GATEWAY_UPSTREAM_PROXY_FILE = file('wins', secret);
    const { upstream } = loadConfig({ ...testSettings, GATEWAY_CONFIG, GATEWAY_UPSTREAM_PROXY_FILE });
    assert.equal(upstream.proxy, `${secret}/`);
  });

  test('is not read for an empty variable', () => assert.equal(proxyIn(''), 'off'));
});

describe('a file without a secret is refused by its variable, its path and its code', () => {
  const rule = 'it must be the path of a file that holds GATEWAY_UPSTREAM_PROXY.';
  const cases: Readonly<Record<string, readonly [path: string, reason: string]>> = {
    'that is missing': [join(folder, 'missing'), 'There is no such file (ENOENT)'],
    'that is a folder': [folder, 'It is no regular file'],
    'that is a device without an end': ['/dev/zero', 'It is no regular file'],
    'that is empty': [file('empty', ''), 'It is empty'],
    'that has a line end only': [file('blank', '\n'), 'It is empty'],
    'that has more than 64 KiB': [file('large', 'x'.repeat(65_537)), 'It has more than 64 KiB (EFBIG)'],
    'that is no text': [
      file('binary', Buffer.of(0xff, 0xfe)),
      'It is not in UTF-8: save it again in that encoding (ERR_ENCODING_INVALID_ENCODED_DATA)',
    ],
  };
  for (const [name, [path, reason]] of Object.entries(cases))
    test(name, () =>
      assert.deepEqual(mistakesIn({ GATEWAY_UPSTREAM_PROXY_FILE: path }), [
        `GATEWAY_UPSTREAM_PROXY_FILE is "${path}"; ${rule} ${reason}.`,
      ]),
    );

  test('that the process may not read', { skip: process.getuid?.() === 0 && 'root may read all' }, () => {
    const path = file('closed', secret);
    chmodSync(path, 0);
    assert.match(mistakesIn({ GATEWAY_UPSTREAM_PROXY_FILE: path }).join(), /may not read it \(EACCES\)/);
  });

  for (const text of ['ftp://me:canary@proxy', `${secret}\n\n`, ` ${secret}`, 'me:canary@proxy', '"canary"'])
    test(`that holds ${JSON.stringify(text)}`, () => {
      const path = file('wrong', text);
      assert.deepEqual(mistakesIn({ GATEWAY_UPSTREAM_PROXY_FILE: path }), [
        `GATEWAY_UPSTREAM_PROXY_FILE is "${path}"; for the text in that file, it must be off, environment, or an http or https URL without a path, such as http://proxy.example.com:3128.`,
      ]);
    });

  test('beside the variable itself', () => {
    const settings = { GATEWAY_UPSTREAM_PROXY: secret, GATEWAY_UPSTREAM_PROXY_FILE: file('both', secret) };
    assert.deepEqual(mistakesIn(settings), [
      'GATEWAY_UPSTREAM_PROXY and GATEWAY_UPSTREAM_PROXY_FILE are both set; remove one of them.',
    ]);
  });
});

describe('no message shows a secret', () => {
  for (const value of ['me:canary@proxy', 'canary', 'http://proxy/canary', '"canary"', '!canary'])
    test(`that is no value of the setting: ${value}`, () => {
      assert.match(mistakesIn({ GATEWAY_UPSTREAM_PROXY: value }).join(), /^GATEWAY_UPSTREAM_PROXY is "\*\*\*"; /);
      const path = file('gateway.json', JSON.stringify({ upstream: { proxy: value } }));
      assert.match(mistakesIn({ GATEWAY_CONFIG: path }).join(), /^upstream\.proxy is "\*\*\*"; /);
    });

  const proxy = namedSettings.find(({ environmentName }) => environmentName === 'GATEWAY_UPSTREAM_PROXY');
  assert.ok(proxy !== undefined);

  test('that is one: of a URL the host is shown, and words are no secret', () => {
    assert.equal(showValue(proxy.setting, secret), '"http://***@proxy.example.com:3128"');
    assert.equal(showValue(proxy.setting, 'environment'), '"environment"');
    assert.equal(showValue({ ...proxy.setting, parse: (text) => text }, 'canary'), '"***"');
  });

  test('and a message names the variable that was set', () => {
    assert.equal(givenName(proxy, { GATEWAY_UPSTREAM_PROXY_FILE: '/x' }), 'GATEWAY_UPSTREAM_PROXY_FILE');
    assert.equal(givenName(proxy, { GATEWAY_CONFIG: '/x' }), 'upstream.proxy');
    assert.equal(givenName(proxy, {}), 'GATEWAY_UPSTREAM_PROXY');
  });
});

test('only secrets are read from files: another setting has no such variable, and the warning says why', () => {
  const ignored = ignoredVariables({
    GATEWAY_UPSTREAM_PROXY_FILE: '/x',
    GATEWAY_TLS_KEY_FILE: '/x',
    GATEWAY_PORT_FILE: '/x',
    GATEWAY_PROT_FILE: '/x',
  });
  assert.deepEqual(
    ignored.map(({ event, names }) => [event, ...names]),
    [
      ['unknown settings are ignored', 'GATEWAY_PROT_FILE'],
      ['only secrets are read from files', 'GATEWAY_PORT_FILE'],
    ],
  );
  assert.match(ignored[1]?.sentence ?? '', /are no secrets, so they are not read from a file: GATEWAY_PORT_FILE\./);
});

test('the variable of a file is that of no other setting, and the help names it', () => {
  const names = new Set(namedSettings.map(({ environmentName }) => environmentName));
  const files = namedSettings.map(secretFileVariable).filter((name) => name !== undefined);
  assert.ok(files.includes('GATEWAY_UPSTREAM_PROXY_FILE'));
  for (const name of files) {
    assert.ok(!names.has(name), name);
    assert.match(settingsHelp(), new RegExp(`Or ${name}: the path of a file that holds it\\.`));
  }
});

test('a secret has no default but a word', () => {
  for (const { setting, environmentName } of namedSettings)
    if (setting.isSecret === true && setting.default !== undefined && setting.default !== '')
      assert.notEqual(showValue(setting, setting.default), '"***"', environmentName);
});
