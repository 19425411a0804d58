import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cloudProxy, proxyNotice, ProxyVariableError } from '../../src/config/services/cloud-proxy.ts';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/mistakes.ts';

type Variables = Readonly<Record<string, string>>;

const proxyOf = (url: string, environment: Variables, proxy = 'environment'): string | undefined =>
  cloudProxy({ url, proxy }, environment)?.url.href;

const named = { HTTP_PROXY: 'http://plain:3128', https_proxy: 'http://secure:3128' };

test('the variable is that of the scheme of the cloud, in lower case first, then that of all', () => {
  assert.equal(proxyOf('http://cloud', named), 'http://plain:3128/');
  assert.equal(proxyOf('https://cloud', named), 'http://secure:3128/');
  assert.equal(proxyOf('https://cloud', { ...named, HTTPS_PROXY: 'http://other' }), 'http://secure:3128/');
  assert.equal(proxyOf('https://cloud', { HTTP_PROXY: 'http://plain:3128' }), undefined);
  assert.equal(proxyOf('https://cloud', { ALL_PROXY: 'every:8080' }), 'http://every:8080/');
  assert.equal(proxyOf('https://cloud', {}), undefined);
  assert.equal(proxyOf('https://cloud', named, 'off'), undefined);
  assert.equal(proxyOf('https://cloud', named, 'http://of.the.setting:1'), 'http://of.the.setting:1/');
});

describe('NO_PROXY', () => {
  const cases: readonly (readonly [exceptions: string, cloud: string, isExcepted: boolean])[] = [
    ['*', 'https://cloud.example.com', true],
    ['other, *', 'https://cloud.example.com', true],
    ['example.com', 'https://cloud.example.com', true],
    ['.example.com', 'https://cloud.example.com', true],
    ['*.example.com', 'https://cloud.example.com', true],
    ['EXAMPLE.com.', 'https://cloud.example.com', true],
    ['ample.com', 'https://cloud.example.com', false],
    ['cloud.example.com:443', 'https://cloud.example.com', true],
    ['cloud.example.com:8774', 'https://cloud.example.com', false],
    ['10.0.0.0/8', 'https://10.1.2.3', true],
    ['10.0.0.0/8', 'https://11.1.2.3', false],
    ['10.0.0.0/99', 'https://10.1.2.3', false],
    ['10.1.2.3', 'https://10.1.2.3:8774', true],
    ['::1', 'https://[::1]:8774', true],
    ['[::1]:8774', 'https://[::1]:8774', true],
    ['[::1]:1', 'https://[::1]:8774', false],
    ['fd00::/8', 'https://[fd12::1]', true],
    ['', 'https://cloud.example.com', false],
  ];
  for (const [exceptions, cloud, isExcepted] of cases) {
    test(`"${exceptions}" ${isExcepted ? 'excepts' : 'does not except'} ${cloud}`, () =>
      assert.equal(proxyOf(cloud, { ...named, NO_PROXY: exceptions }) === undefined, isExcepted));
  }
});

test('a start beside the variables says in one line what is done', () => {
  const said = (proxy: string, environment: Variables): string => {
    const notice = proxyNotice({ ...upstream, proxy }, environment);
    return notice === undefined ? '' : `${notice.isWarning} ${notice.event} ${JSON.stringify(notice.fields)}`;
  };
  const { upstream } = loadConfig({ GATEWAY_UPSTREAM_URL: 'https://cloud', GATEWAY_UPSTREAM_PROFILE: 'nova' });
  assert.match(said('off', named), /^true the environment names a proxy, which is not used.*"https_proxy"/);
  assert.match(said('environment', named), /^false .*through a proxy .*"http:\/\/secure:3128","from":"https_proxy"/);
  assert.match(said('environment', { ...named, no_proxy: 'cloud' }), /^false .*without a proxy, because NO_PROXY/);
  assert.equal(said('off', {}), '');
  assert.match(said('environment', {}), /^true .*the environment names none/);
  assert.doesNotMatch(said('environment', { HTTPS_PROXY: 'http://me:canary@proxy' }), /canary|me/);
});

test('a proxy that is none is a mistake that quotes no password', () => {
  const variables = { HTTPS_PROXY: 'ftp://me:canary@proxy' };
  assert.throws(
    () => proxyOf('https://cloud', variables),
    (error) => error instanceof ProxyVariableError && !error.message.includes('canary'),
  );
  for (const proxy of [
    'ftp://me:canary@proxy',
    'http://me:can/ary@proxy',
    'http://me:canary%@proxy',
    'http://proxy/path',
  ])
    assert.throws(
      () => loadConfig({ GATEWAY_UPSTREAM_URL: 'https://cloud', GATEWAY_UPSTREAM_PROXY: proxy }),
      (error) => error instanceof ConfigError && /PROXY is/.test(error.message) && !/can\/?ary/.test(error.message),
    );
});
