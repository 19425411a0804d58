// Guards: effects.ts, hold-back.ts, resources.ts.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/mistakes.ts';
import { namedSettings } from '../../src/config/named-settings.ts';
import { effects, type Effect } from '../../src/config/effects.ts';
import { holdBack } from '../../src/config/reload/hold-back.ts';
import { readResources } from '../../src/server/resources/resources.ts';
import type { Config } from '../../src/config/settings.ts';
import { testSettings } from '../support/settings.ts';

const load = (settings: Readonly<Record<string, string>>): Config => loadConfig({ ...testSettings, ...settings });
const withTls = { GATEWAY_TLS_CERT_FILE: '/a.crt', GATEWAY_TLS_KEY_FILE: '/a.key' };
const before = load({});

function heldBack(former: Config, after: Config, at: Exclude<Effect, 'restart'> = 'reload'): readonly string[] {
  return holdBack(former, after, at).heldBack;
}

test('each setting says once when a change of it takes effect', () => {
  const names = namedSettings.map(({ path }) => path.join('.'));
  assert.deepEqual(Object.keys(effects).toSorted(), names.toSorted());
});

test('what needs a restart is what node fixes when it listens, or what the primary has', () => {
  const unchangeable = Object.entries(effects).filter(([, effect]) => effect === 'new-port' || effect === 'restart');
  assert.deepEqual(
    unchangeable.map(([name]) => name),
    [
      'host',
      'port',
      'socket',
      'socketMode',
      'proxyProtocol',
      'identity.ports',
      'request.maxHeaderBytes',
      'ledger.store',
      'ledger.instance',
      'workers',
      'admin.host',
      'admin.port',
    ],
  );
});

describe('settings that cannot change now have their former values', () => {
  test('those of the port at a reload, not where a new port is made', () => {
    const after = load({ GATEWAY_PORT: '1234', GATEWAY_WORKERS: '3', GATEWAY_NOTES_MAX: '7' });
    const { config, changed } = holdBack(before, after, 'reload');
    assert.deepEqual([config.port, config.workers, config.notes.max], [before.port, before.workers, 7]);
    assert.deepEqual(changed, ['notes.max']);
    assert.deepEqual(heldBack(before, after), ['port', 'workers']);
    assert.equal(holdBack(before, after, 'new-port').config.port, 1234);
    assert.deepEqual(heldBack(before, after, 'new-port'), ['workers']);
  });

  test('files of TLS have other names, but TLS stays on or off', () => {
    const on = load(withTls);
    assert.deepEqual(heldBack(on, load({ ...withTls, GATEWAY_TLS_CERT_FILE: '/b.crt' })), []);
    assert.deepEqual(heldBack(before, on), ['tls.certFile', 'tls.keyFile']);
    const off = holdBack(on, before, 'reload');
    assert.deepEqual([off.heldBack, off.config.tls.certFile], [['tls.certFile', 'tls.keyFile'], '/a.crt']);
  });

  test('the time of a header changes, unless it is that of TLS handshakes too', () => {
    const time = { GATEWAY_REQUEST_HEADERS_TIMEOUT_MS: '1000' };
    assert.deepEqual(heldBack(before, load(time)), []);
    assert.deepEqual(heldBack(load(withTls), load({ ...withTls, ...time })), ['request.headersTimeoutMs']);
  });

  test('an equal configuration has changed in nothing', () => {
    const [one, other] = [load({ GATEWAY_TRUSTED_PROXIES: 'loopback' }), load({ GATEWAY_TRUSTED_PROXIES: 'loopback' })];
    const { config, changed } = holdBack(one, other, 'reload');
    assert.deepEqual([config, changed], [one, []]);
  });
});

test('all files and variables that cannot be used are told at once', () => {
  const config = load({
    ...withTls,
    GATEWAY_UPSTREAM_TLS_CA_FILE: '/missing-ca.crt',
    GATEWAY_UPSTREAM_PROXY: 'environment',
  });
  assert.throws(
    () => readResources(config, { http_proxy: 'ftp://proxy' }),
    (error) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.mistakes.length, 3);
      for (const [index, part] of ['/a.crt', '/missing-ca.crt', 'http_proxy'].entries())
        assert.ok(error.mistakes[index]?.includes(part), error.mistakes[index]);
      return true;
    },
  );
});
