// Guards: `showConfig` of pages.ts, the guard in `answerTo` of admin.ts, shown-settings.ts, and `sources` of load.ts.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { namedSettings } from '../../src/config/named-settings.ts';
import { showSettings } from '../../src/server/admin/shown-settings.ts';
import { loadConfig } from '../../src/config/load.ts';
import { startTestGateway } from '../support/gateway.ts';
import { refusingUrl } from '../support/raw-cloud.ts';
import { testSettings } from '../support/settings.ts';
import { bearer, callAdmin } from './admin-caller.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-admin-'));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const token = 'a-token-of-operators';

/** Read the page of a gateway with these settings. */
async function configOf(settings: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const gateway = await startTestGateway(refusingUrl, {
    GATEWAY_ADMIN_TOKEN_FILE: file('token', token),
    ...settings,
  });
  try {
    const { status, headers, body } = await callAdmin(gateway.adminUrl, '/config', { headers: bearer(token) });
    assert.deepEqual(
      [status, headers['content-type'], headers['cache-control']],
      [200, 'application/json', 'no-store'],
    );
    return (JSON.parse(body) as { settings: Record<string, unknown> }).settings;
  } finally {
    await gateway.stop();
  }
}

test('nobody sees the configuration without a token or authorities of clients, on loopback neither, and the answer names both', async () => {
  const gateway = await startTestGateway(refusingUrl);
  try {
    const { status, body } = await callAdmin(gateway.adminUrl, '/config', { headers: bearer(token) });
    assert.equal(status, 403);
    assert.match(body, /admin\.tokenFile.*admin\.tls\.clientCaFile/);
    assert.doesNotMatch(body, /upstream/);
  } finally {
    await gateway.stop();
  }
});

test('the page has every setting with its value and its source', async () => {
  const configuration = {
    exchanges: { max: 99, maxWaiting: 98 },
    trusted: { proxies: ['loopback', '10.0.0.0/8'] },
    handling: 'strict',
  };
  const settings = await configOf({
    GATEWAY_CONFIG: file('gateway.json', JSON.stringify(configuration)),
    GATEWAY_EXCHANGES_MAX: '97',
  });
  assert.deepEqual(
    Object.keys(settings),
    namedSettings.map(({ path }) => path.join('.')),
  );
  const shown = [
    'exchanges.max',
    'exchanges.maxWaiting',
    'exchanges.waitMs',
    'handling',
    'trusted.proxies',
    'upstream.url',
    'tls.certFile',
  ].map((name) => settings[name]);
  assert.deepEqual(shown, [
    { value: 97, source: 'environment' },
    { value: 98, source: 'file' },
    { value: 5000, source: 'default' },
    { value: 'strict', source: 'file' },
    { value: ['loopback', '10.0.0.0/8'], source: 'file' },
    { value: refusingUrl, source: 'environment' },
    { value: '', source: 'default' },
  ]);
});

test('a value that is given but equals the default has the source that gave it', () => {
  const loaded = loadConfig({ ...testSettings, GATEWAY_EXCHANGES_WAIT_MS: '5000' });
  assert.deepEqual(showSettings(loaded)['exchanges.waitMs'], { value: 5000, source: 'environment' });
});

test('the page has the credentials of no URL, and nothing of the token', async () => {
  const settings = await configOf({ GATEWAY_UPSTREAM_PROXY: 'http://canary%40user:canary-password@127.0.0.1:3128' });
  const inFile = await configOf({
    GATEWAY_UPSTREAM_PROXY_FILE: file('proxy', 'http://canary:canary-password@127.0.0.1:3129\n'),
  });
  assert.deepEqual(inFile['upstream.proxy'], { value: 'http://***@127.0.0.1:3129/', source: 'environment' });
  assert.deepEqual(settings['upstream.proxy'], { value: 'http://***@127.0.0.1:3128/', source: 'environment' });
  assert.doesNotMatch(JSON.stringify([settings, inFile]), /canary|a-token-of/);
});

test('a setting whose name says that it is a secret is one', () => {
  for (const { path, setting } of namedSettings)
    if (/(?:password|secret|token|credentials?|key|pass)$/i.test(path.join('.')))
      assert.equal(setting.isSecret, true, path.join('.'));
});

test('the values of the page are those that the gateway uses', () => {
  const loaded = loadConfig(testSettings);
  for (const [name, { value }] of Object.entries(showSettings(loaded))) {
    const used = name
      .split('.')
      .reduce<unknown>((group, key) => (group as Readonly<Record<string, unknown>>)[key], loaded);
    assert.deepEqual(value, used, name);
  }
});

test('after a reload the page has the configuration in use, and the sources of what takes no effect yet are the former ones', async () => {
  const path = file('reloaded.json', '{"handling": "lenient"}');
  const gateway = await startTestGateway(refusingUrl, {
    GATEWAY_ADMIN_TOKEN_FILE: file('token', token),
    GATEWAY_CONFIG: path,
  });
  const shown = async (): Promise<readonly unknown[]> => {
    const { body } = await callAdmin(gateway.adminUrl, '/config', { headers: bearer(token) });
    const { settings } = JSON.parse(body) as { settings: Record<string, unknown> };
    return [settings['handling'], settings['workers']];
  };
  try {
    writeFileSync(path, '{"handling": "strict", "workers": 2}');
    assert.equal(gateway.reload(), true);
    const reloaded = [
      { value: 'strict', source: 'file' },
      { value: 1, source: 'default' },
    ];
    assert.deepEqual(await shown(), reloaded);
    writeFileSync(path, '{"handling": "rude"}');
    assert.equal(gateway.reload(), false);
    assert.deepEqual(await shown(), reloaded);
  } finally {
    await gateway.stop();
  }
});

test('a reload sets and removes the guard', async () => {
  const gateway = await startTestGateway(refusingUrl);
  const statuses = async (): Promise<readonly number[]> => [
    (await callAdmin(gateway.adminUrl, '/config')).status,
    (await callAdmin(gateway.adminUrl, '/config', { headers: bearer(token) })).status,
  ];
  try {
    assert.deepEqual(await statuses(), [403, 403]);
    assert.equal(gateway.reload({ GATEWAY_ADMIN_TOKEN_FILE: file('token', token) }), true);
    assert.deepEqual(await statuses(), [401, 200]);
    assert.equal(gateway.reload({ GATEWAY_ADMIN_TOKEN_FILE: '' }), true);
    assert.deepEqual(await statuses(), [403, 403]);
  } finally {
    await gateway.stop();
  }
});
