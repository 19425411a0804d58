import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ignoredVariables } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load.ts';
import { root } from '../support/documents.ts';
import { testSettings } from '../support/settings.ts';

/** The variables that Kubernetes gives to each container of the namespace of a Service. */
function serviceVariables(service: string, port: number): Readonly<Record<string, string>> {
  const name = service.toUpperCase().replaceAll('-', '_');
  const address = '10.96.12.7';
  return {
    [`${name}_SERVICE_HOST`]: address,
    [`${name}_SERVICE_PORT`]: `${port}`,
    [`${name}_SERVICE_PORT_COMPUTE`]: `${port}`,
    [`${name}_PORT`]: `tcp://${address}:${port}`,
    [`${name}_PORT_${port}_TCP`]: `tcp://${address}:${port}`,
    [`${name}_PORT_${port}_TCP_PROTO`]: 'tcp',
    [`${name}_PORT_${port}_TCP_PORT`]: `${port}`,
    [`${name}_PORT_${port}_TCP_ADDR`]: address,
  };
}

for (const service of ['gateway', 'gateway-admin', 'gateway-upstream', 'gateway-tls', 'gateway-2']) {
  test(`beside a Kubernetes Service named ${service} the settings keep their defaults, and its variables are named once`, () => {
    const variables = serviceVariables(service, 8774);
    assert.deepEqual(loadConfig({ ...testSettings, ...variables }), loadConfig(testSettings));
    const ignored = ignoredVariables({ ...testSettings, ...variables });
    assert.deepEqual(
      ignored.map(({ names }) => names),
      [Object.keys(variables)],
    );
    assert.match(ignored[0]?.sentence ?? '', /enableServiceLinks: false/);
  });
}

test('a port that is a number is a setting beside a Service too', () => {
  const settings = { ...testSettings, ...serviceVariables('gateway', 8774), GATEWAY_PORT: '8080' };
  assert.equal(loadConfig(settings).port, 8080);
});

test('a misspelt setting that ends in PORT is not taken for a variable of a Service', () => {
  const [ignored] = ignoredVariables({ GATEWAY_UPSTREAM_PORT: '8774' });
  assert.equal(ignored?.sentence, 'Unknown settings are ignored: GATEWAY_UPSTREAM_PORT.');
});

test('white space and line ends around a value are no part of it', () => {
  const config = loadConfig({
    GATEWAY_UPSTREAM_URL: ' http://cloud.example.com\n',
    GATEWAY_UPSTREAM_PROFILE: 'nova\r\n',
    GATEWAY_PORT: '8080\n',
    GATEWAY_TRUSTED_PROXIES: '\tloopback, 10.0.0.0/8\n',
    GATEWAY_TLS_CERT_FILE: '\n',
  });
  assert.equal(config.upstream.url, 'http://cloud.example.com');
  assert.equal(config.upstream.profile, 'nova');
  assert.equal(config.port, 8080);
  assert.deepEqual(config.trusted.proxies, ['loopback', '10.0.0.0/8']);
  assert.equal(config.tls.certFile, '');
});

for (const example of ['service.yaml', 'sidecar.yaml']) {
  test(`examples/${example} keeps the variables of Services away`, () => {
    assert.match(readFileSync(join(root, 'examples', example), 'utf8'), /^ +enableServiceLinks: false\b/m);
  });
}
