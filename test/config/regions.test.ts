// Protects src/config/settings/regions and src/config/services/regional-configs.ts: each mistake in the regions is a sentence with its mend.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/mistakes.ts';
import { regionalConfigs } from '../../src/config/services/regional-configs.ts';
import { regionName } from '../../src/config/settings/regions/regions.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
after(() => rmSync(folder, { recursive: true }));

const upstream = { url: 'https://cloud.example.com', profile: 'nova', tls: { caFile: '/ca', serverName: 'home' } };
const west = { url: 'https://west.example.com', profile: 'ecs' };
const required = { GATEWAY_UPSTREAM_URL: upstream.url, GATEWAY_UPSTREAM_PROFILE: upstream.profile };

function mistakesOf(load: () => unknown): readonly string[] {
  try {
    load();
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.mistakes;
  }
}

function inFile(regions: unknown): ReturnType<typeof loadConfig> {
  const path = join(folder, 'gateway.json');
  writeFileSync(path, JSON.stringify({ upstream, regions }));
  return loadConfig({ GATEWAY_CONFIG: path });
}

/** The value of the setting, what the environment says of it, and what the file says if that differs by more than the name. */
const wrong: readonly (readonly [regions: unknown, ...sentences: readonly string[]])[] = [
  [{ West: null }, 'NAME.West is null; it must be an object with members such as url.'],
  [
    { West: {} },
    'NAME.West.url is not set; it must be an http or https URL without the version, query and credentials, such as https://compute.example.com. ',
    'NAME.West.profile is not set; it must be one of nova, ecs, such as nova. ',
  ],
  [
    { West: { ...west, url: 'https://west.example.com/v2.1' } },
    'NAME.West.url is "https://west.example.com/v2.1"; leave "/v2.1" away, because the gateway appends the version and the project itself: set https://west.example.com.',
  ],
  [
    { West: { ...west, url: 'https://me:canary@west.example.com' } },
    'NAME.West.url is "https://***@west.example.com"; leave the credentials away.',
  ],
  [{ West: { ...west, profile: 'ECS' } }, 'NAME.West.profile is "ECS"; write ecs.'],
  [
    { West: { ...west, zone: 'a' } },
    'NAME.West.zone is not a setting; remove it, or use one of url, profile, publicUrl, tls.',
  ],
  [
    { West: { ...west, tls: { cafile: '/ca' } } },
    'NAME.West.tls.cafile is not a setting; remove it, or use one of caFile, certFile, keyFile, minVersion, serverName, verify.',
  ],
  [{ West: { ...west, tls: '/ca' } }, 'NAME.West.tls is "/ca"; it must be an object with members such as caFile.'],
  [
    { West: { ...west, tls: { verify: true } } },
    'NAME.West.tls.verify is true; it must be one of on, off, such as on.',
  ],
  [
    { West: { ...west, tls: { keyFile: '/k' } } },
    'NAME.West.tls has keyFile only; a certificate and its key go together: set both, or none.',
  ],
  [
    { West: { ...west, publicUrl: 'https://w.example.org/x' } },
    'NAME.West.publicUrl is "https://w.example.org/x"; leave "/x" away.',
  ],
  [
    { West: { ...west, publicUrl: 'w.example.org' } },
    'NAME.West.publicUrl is "w.example.org"; begin it with http:// or https://, as in https://w.example.org.',
  ],
  [
    { West: { ...west, publicUrl: 'https://o.example' }, East: { ...west, publicUrl: 'http://O.example:8774' } },
    'NAME.East.publicUrl has the host of West; each region needs a host of its own: give one of them another name.',
  ],
  ...['v2', 'v2.1', '', 'a b', '../x', '.x', 'ä', 'a'.repeat(65), 'a/b', '%41', '__proto__'].map(
    (name) =>
      [
        JSON.parse(`{${JSON.stringify(name)}: {}}`),
        `NAME has the name ${JSON.stringify(name)}; a name has letters, digits, _, - and ., beginning with a letter or a digit, at most 64 of them, and no version such as v2.`,
      ] as const,
  ),
  [[west], 'NAME is an array; it must be an object with a member for each region: '],
];

test('each mistake in a region is a sentence, the same for the file and for the environment', () => {
  for (const [regions, ...sentences] of wrong) {
    const [ofEnvironment, ofFile] = [
      mistakesOf(() => loadConfig({ ...required, GATEWAY_REGIONS: JSON.stringify(regions) })),
      mistakesOf(() => inFile(regions)),
    ];
    for (const [name, mistakes] of [
      ['GATEWAY_REGIONS', ofEnvironment],
      ['regions', ofFile],
    ] as const) {
      assert.equal(mistakes.length, sentences.length, mistakes.join('\n'));
      sentences.forEach((sentence, at) => {
        const expected = sentence.replace('NAME', name);
        assert.ok(mistakes[at]?.startsWith(expected), `${mistakes[at]}\n${expected}`);
      });
    }
  }
});

function told(text: string): string {
  return mistakesOf(() => loadConfig({ ...required, GATEWAY_REGIONS: text })).join();
}

test('JSON of the environment that cannot be read is told by its place, and a member that stands twice is refused', () => {
  assert.match(told('{"West": '), /^GATEWAY_REGIONS is not JSON, at line 1, column 9: /);
  assert.match(told('West=https://x'), /^GATEWAY_REGIONS is not JSON, at line 1, column 1: /);
  assert.match(
    told('{"West": {"url": "https://a", "profile": "nova", "url": "https://b"}}'),
    /^GATEWAY_REGIONS\.West\.url stands there twice; remove one of them\.$/,
  );
});

test('a region has its own cloud and TLS, the authorities and oldest TLS of upstream, and everything else of the gateway', () => {
  const config = inFile({ West: west, East: { ...west, tls: { caFile: '/east', minVersion: 'TLSv1.3' } } });
  const regional = regionalConfigs(config);
  assert.deepEqual([...regional.keys()], ['West', 'East']);
  const own = { certFile: '', keyFile: '', serverName: '', verify: 'on' };
  assert.deepEqual(regional.get('West')?.upstream, {
    ...config.upstream,
    ...west,
    tls: { ...own, caFile: '/ca', minVersion: 'TLSv1.2' },
  });
  assert.deepEqual(regional.get('East')?.upstream.tls, { ...own, caFile: '/east', minVersion: 'TLSv1.3' });
  assert.equal(regional.get('West')?.exchanges, config.exchanges);
});

test('a name is one segment of a path in its only spelling', () => {
  for (const name of ['RegionOne', 'eu-west-0', 'a.b_c', '1', 'v2x', 'constructor', 'a'.repeat(64)]) {
    assert.match(name, regionName);
    assert.equal(new URL(`http://h/${name}/v2`).pathname, `/${name}/v2`);
    const regions = JSON.stringify({ [name]: west });
    assert.ok(Object.hasOwn(loadConfig({ ...required, GATEWAY_REGIONS: regions }).regions, name));
  }
});
